import { describe, expect, it } from "vitest";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { noisyAttention } from "../../src/models/attention/noisy-attention.js";
import { brownian } from "../../src/noise/brownian.js";
import { silent } from "../../src/noise/silent.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import type { Measure } from "../../src/types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { continued } from "../../solvers/density/continued.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { planResolution } from "../../solvers/density/resolution.js";
import { beyond, GUARD_LEVELS } from "../../solvers/density/guard.js";
import { simulate } from "../../solvers/simulate.js";

const initial = vmfMixture(2, [
  { weight: 0.6, kappa: 4, mean: [0, 1] },
  { weight: 0.4, kappa: 4, mean: [1, 0] },
]);
const density = (x: Float64Array, o: number): number => initial.density!(x, o);
const model = gaussianAttention({
  dimension: 2,
  beta: 1,
  sigmaV: Math.SQRT1_2,
  atoms: drawAtoms("a", 2, 2, 0.7),
});
const noise = brownian({ seed: "a", path: 0, channels: model.channels, horizon: 6, steps: 192, area: null });
const doubling = (limit: number) => (transform: TensorTransform) =>
  transform.lmax < limit ? planCircle({ lmax: Math.min(limit, 2 * transform.lmax) }) : null;

/** Moments l <= 4. */
const momentsOf = (law: Measure): Float64Array => {
  const harmonics = planHarmonics(2, 4);
  const out = new Float64Array(harmonics.size);
  harmonics.moments(law, out);
  return out;
};
const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((s, v, q) => Math.max(s, Math.abs(v - b[q])), 0);

describe("the measure of resolution", () => {
  const transform = planCircle({ lmax: 32 });
  const measure = planResolution(transform);
  const values = new Float64Array(transform.count);
  const of = (amplitude: (l: number) => number) => {
    const c = Float64Array.from(transform.degrees, (l) => amplitude(l));
    transform.synthesis(c, values);
    return measure(c, values);
  };

  it("reads tail and decay off a geometric spectrum", () => {
    const { tail, decay } = of((l) => 10 ** (-0.1 * l));
    expect(decay).toBeCloseTo(0.1, 12);
    // The last four of degrees 0 … 32; degree 0 has one order, the others two.
    let [top, all] = [0, 1];
    for (let l = 1; l <= 32; l++) {
      all += 2 * 10 ** (-0.2 * l);
      if (l > 28) top += 2 * 10 ** (-0.2 * l);
    }
    expect(tail).toBeCloseTo(Math.sqrt(top / all), 12);
  });

  it("is not deceived by a law that is even", () => {
    expect(of((l) => (l % 2 === 0 && l < 32 ? 0.9 ** l : 0)).tail).toBeGreaterThan(0.01);
  });

  it("calls rounding no spectrum", () => {
    expect(of((l) => (l < 4 ? 1 : 1e-17)).decay).toBe(Infinity);
  });

  it("lets no NaN pass", () => {
    const fine = { tail: 0, decay: 1, undershoot: 0, mass: 1, minimum: 0 };
    expect(beyond(GUARD_LEVELS, fine)).toBeNull();
    for (const key of ["tail", "undershoot", "mass"]) {
      expect(beyond(GUARD_LEVELS, { ...fine, [key]: NaN })).not.toBeNull();
    }
  });
});

describe("a clustering density", () => {
  it("stops with time and cause, where its moments are still right, and holds that state", () => {
    const evolution = fokkerPlanck({
      model,
      transform: planCircle({ lmax: 10 }),
      density,
      scheme: "milstein",
      substeps: 2,
    });
    const { stopped, times } = simulate({ evolution, noise, steps: 192 });
    expect(stopped!.cause).toMatch(
      /^the density has left degree 10: .* solver\.onUnresolved "characteristics"$/,
    );
    expect(times[times.length - 1]).toBe(stopped!.time);
    expect(evolution.diagnostics()).toMatchObject({ resolved: false, lmax: 10 });
    const { tail, unresolvedAt } = evolution.diagnostics() as { tail: number[]; unresolvedAt: number };
    expect(tail.length).toBe(times.length);
    expect(Math.max(...tail)).toBeLessThanOrEqual(GUARD_LEVELS.stop);
    expect(unresolvedAt).toBeLessThanOrEqual(stopped!.time);

    const exact = characteristics({
      model,
      scheme: logOdeWith({ substeps: 2 }),
      transform: planCircle({ lmax: 85 }),
      density,
    });
    simulate({ evolution: exact, noise, steps: 192, onStep: (_, time) => time >= stopped!.time });
    expect(distance(momentsOf(evolution.law), momentsOf(exact.law))).toBeLessThan(5e-3);
  });

  it("raises its degree as needed up to the limit, and the result is that of the limit", () => {
    const steps = 192;
    const until = (_: number, time: number): boolean => time >= 0.9;
    const rising = fokkerPlanck({
      model,
      transform: planCircle({ lmax: 10 }),
      finer: doubling(80),
      density,
      scheme: "milstein",
      substeps: 2,
    });
    simulate({ evolution: rising, noise, steps, onStep: until });
    const { lmaxHistory, lmaxSince, tail } = rising.diagnostics() as Record<string, number[]>;
    expect(lmaxHistory.length).toBeGreaterThan(2);
    expect(lmaxSince.every((t, i) => i === 0 || t >= lmaxSince[i - 1])).toBe(true);
    expect(Math.max(...tail)).toBeLessThanOrEqual(GUARD_LEVELS.raise);
    expect(rising.diagnostics()).toMatchObject({ resolved: true });
    const fixed = fokkerPlanck({
      model,
      transform: planCircle({ lmax: 80 }),
      density,
      scheme: "milstein",
      substeps: 2,
    });
    simulate({ evolution: fixed, noise, steps, onStep: until });
    expect(distance(rising.coefficients.slice(0, 9), fixed.coefficients.slice(0, 9))).toBeLessThan(1e-6);

    // Another path starts low again.
    rising.reset(1);
    expect(rising.transform.lmax).toBe(lmaxHistory[0]);
  });

  it("goes on by characteristics that know nothing of the truncated density", () => {
    const evolution = continued(
      fokkerPlanck({ model, transform: planCircle({ lmax: 21 }), density, scheme: "milstein", substeps: 2 }),
      (transform) => characteristics({ model, scheme: logOdeWith({ substeps: 2 }), transform, density }),
    );
    const { stopped, times } = simulate({ evolution, noise, steps: 192 });
    expect(stopped).toBeUndefined();
    expect(times).toHaveLength(193);
    const { handoverTime, handoverDifference, note, mass } = evolution.diagnostics();
    expect(handoverTime).toBeGreaterThan(0);
    // The time of the last state that the density still had.
    expect(handoverTime).toBe(times[(mass as number[]).length - 1]);
    expect(handoverDifference).toBeLessThan(5e-3);
    expect(note).toMatch(/characteristics/);
    expect(evolution.density).toBeNull();

    const alone = characteristics({
      model,
      scheme: logOdeWith({ substeps: 2 }),
      transform: planCircle({ lmax: 21 }),
      density,
    });
    simulate({ evolution: alone, noise, steps: 192 });
    expect(evolution.law.points).toEqual(alone.law.points);
    expect(evolution.law.weights).toEqual(alone.law.weights);
  });

  it("is refused at time zero where the initial law is already too sharp", () => {
    const sharp = vmfMixture(2, [{ weight: 1, kappa: 400, mean: [1, 0] }]);
    const options = {
      model: noisyAttention({ dimension: 2, beta: 1, coupling: 1 }),
      density: (x: Float64Array, o: number) => sharp.density!(x, o),
      scheme: "milstein" as const,
      kappa: 1,
    };
    const still = silent({ horizon: 1, steps: 4 });
    const low = fokkerPlanck({ ...options, transform: planCircle({ lmax: 10 }) });
    expect(simulate({ evolution: low, noise: still, steps: 4 }).stopped).toMatchObject({
      time: 0,
      cause: expect.stringMatching(/^the initial density is not resolved by degree 10/) as string,
    });
    const auto = fokkerPlanck({ ...options, transform: planCircle({ lmax: 10 }), finer: doubling(320) });
    expect(simulate({ evolution: auto, noise: still, steps: 4 }).stopped).toBeUndefined();
    expect((auto.diagnostics().lmaxHistory as number[])[0]).toBeGreaterThan(80);
  });
});
