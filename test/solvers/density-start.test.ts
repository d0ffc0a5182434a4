import { describe, expect, it } from "vitest";
import { vmfMixture, type VmfComponent } from "../../src/laws/vmf-mixture.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { brownian } from "../../src/noise/brownian.js";
import { orderParameter } from "../../src/observables/order-parameter.js";
import { planTransform } from "../../src/spectral/plan-transform.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import { characteristics } from "../../solvers/characteristics.js";
import { continued } from "../../solvers/density/continued.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import type { InitialDensity } from "../../solvers/density/grade.js";
import { Unresolved } from "../../solvers/density/guard.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { simulate } from "../../solvers/simulate.js";

const rising = (limit: number) => (transform: TensorTransform) =>
  transform.lmax < limit ? planTransform(transform.dimension, Math.min(limit, 2 * transform.lmax + 1)) : null;
const solve = (d: 2 | 3, lmax: number, density: InitialDensity, limit?: number) =>
  fokkerPlanck({
    model: rotation(d),
    transform: planTransform(d, lmax),
    density,
    scheme: "flow",
    ...(limit !== undefined && { finer: rising(limit) }),
  });
const bump = (kappa: number, mean: number[], weight = 1): VmfComponent => ({ weight, kappa, mean });
const skew = { 2: [0.6, 0.8], 3: [0.6, 0.64, 0.48] };
const steps = 2;
const noise = (d: 2 | 3) =>
  brownian({ seed: "start", path: 0, channels: rotation(d).channels, horizon: 0.01, steps });
const observe = { "order-parameter": orderParameter };

describe("a density that cannot start", () => {
  it.each([
    [3, 1e6, "its mass on the nodes is 0 instead of 1", "more than degree 127"],
    [2, 1e7, "its mass on the nodes is 0 instead of 1", "more than degree 511"],
    [2, 3000, "its mass on the nodes is ", "degree \\d+ or so"],
  ] as const)("stops at time zero with numbers, d = %i, kappa %d", (d, kappa, clause, degree) => {
    const law = vmfMixture(d, [bump(kappa, skew[d])]);
    for (const density of [law, (x: Float64Array, o: number) => law.density!(x, o)]) {
      const evolution = solve(d, 20, density);
      const { stopped, times, values } = simulate({ evolution, noise: noise(d), steps, observe });
      expect(stopped!.time).toBe(0);
      expect(stopped!.cause).toMatch(
        new RegExp(
          `^the initial density is not resolved by degree 20: ${clause}.*; it takes ${degree}, or char`,
        ),
      );
      expect(stopped!.cause).not.toMatch(/NaN|Infinity/);
      // Nothing is read off a law that is not there.
      expect(times).toEqual([]);
      expect(values["order-parameter"]).toEqual([]);
      const facts = evolution.diagnostics();
      expect(facts).toMatchObject({ resolved: false, unresolvedAt: 0, mass: [], tail: [], minimum: [] });
      for (const value of Object.values(facts)) {
        for (const v of Array.isArray(value) ? (value as unknown[]) : [value]) {
          if (typeof v === "number") expect(Number.isFinite(v)).toBe(true);
        }
      }
      expect(() =>
        evolution.advance({ path: 0, step: 0, time: 0, dt: 1, dW: new Float64Array(3), area: null }),
      ).toThrow(Unresolved);
    }
  });

  it("does so at the degree that it names, and not there", () => {
    const law = vmfMixture(2, [bump(3000, skew[2])]);
    let cause = "";
    try {
      solve(2, 20, law).reset(0);
    } catch (error) {
      cause = (error as Error).message;
    }
    const degree = Number(/it takes degree (\d+)/.exec(cause)![1]);
    expect(() => solve(2, degree, law).reset(0)).not.toThrow();
    expect(() => solve(2, Math.floor(degree / 4), law).reset(0)).toThrow(Unresolved);
  });

  it("is not taken for the wide part of a mixture whose narrow part all nodes miss", () => {
    for (const d of [2, 3] as const) {
      const wide = d === 2 ? [0, 1] : [0, 0, 1];
      const law = vmfMixture(d, [bump(1, wide, 0.99), bump(1e7, skew[d], 0.01)]);
      // The tail of its spectrum is rounding: only mass and moments tell.
      expect(() => solve(d, 10, law, d === 2 ? 85 : 42).reset(0)).toThrow(
        /by degree (85|42): its mass on the nodes is 0\.99 instead of 1/,
      );
    }
  });

  it("tells a tail too long from a mass that is wrong", () => {
    const law = vmfMixture(2, [bump(275, skew[2])]);
    expect(() => solve(2, 30, law).reset(0)).toThrow(
      /its highest degrees carry \d+% of it \(at most 10%\); it takes degree \d+ or so/,
    );
  });

  it("needs coefficients of mass one", () => {
    expect(() => solve(2, 4, [1, 0, 0]).reset(0)).toThrow(
      /its mass on the nodes is 2\.50663 instead of 1; it takes coefficients of a density of integral one/,
    );
    expect(() => solve(2, 4, [1 / Math.sqrt(2 * Math.PI), 0.1, 0]).reset(0)).not.toThrow();
  });

  it("must be reset before it moves", () => {
    const evolution = solve(2, 4, vmfMixture(2, [bump(1, skew[2])]));
    const interval = { path: 0, step: 0, time: 0, dt: 0.1, dW: new Float64Array(1), area: null };
    expect(() => evolution.advance(interval)).toThrow(/no start yet/);
    evolution.reset(0);
    evolution.advance(interval);
  });
});

describe("a density that goes on by characteristics from the start", () => {
  it.each([
    [3, 1e4],
    [3, 1e6],
    [2, 1e7],
  ] as const)("has the mean resultant of its law, d = %i, kappa %d", (d, kappa) => {
    const law = vmfMixture(d, [bump(kappa, skew[d])]);
    const evolution = continued(solve(d, 10, law, 42), (transform) =>
      characteristics({ model: rotation(d), scheme: logOdeWith({ substeps: 1 }), transform, density: law }),
    );
    const { stopped, values } = simulate({ evolution, noise: noise(d), steps, observe });
    expect(stopped).toBeUndefined();
    expect(values["order-parameter"]).toHaveLength(3);
    const want = d === 3 ? 1 / Math.tanh(kappa) - 1 / kappa : 1 - 1 / (2 * kappa) - 1 / (8 * kappa ** 2);
    for (const v of values["order-parameter"]) expect(Math.abs(v - want)).toBeLessThan(1e-10);
    const { note, handoverTime, quadrature, handoverDifference } = evolution.diagnostics();
    expect(handoverTime).toBe(0);
    expect(quadrature).toBe("adapted to the initial law");
    // What the truncated density was off by: the two do not share their nodes.
    expect(handoverDifference).toBeGreaterThan(1e-3);
    expect(note).toMatch(
      /^the initial density is not resolved by degree 42, and its characteristics went on from the start; they start on \d+ nodes adapted to the initial law, right to \d\.\de-1[3-9] in the initial law's own moments/,
    );
    // Another path starts alike.
    evolution.reset(1);
    expect(Math.abs(orderParameter(evolution.law) - want)).toBeLessThan(1e-10);
  });
});
