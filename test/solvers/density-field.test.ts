import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { noisyAttention } from "../../src/models/attention/noisy-attention.js";
import { defineModel } from "../../src/models/define-model.js";
import { brownian } from "../../src/noise/brownian.js";
import { silent } from "../../src/noise/silent.js";
import { stream } from "../../src/noise/stream.js";
import { oppositeHalves } from "../../src/spectral/opposite-halves.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planTransform } from "../../src/spectral/plan-transform.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import type { Model } from "../../src/types.js";
import {
  fokkerPlanck,
  type DensityEvolution,
  type FokkerPlanck,
} from "../../solvers/density/fokker-planck.js";
import { simulate } from "../../solvers/simulate.js";

const bump = (x: Float64Array, o: number): number =>
  (3 * Math.exp(3 * (0.6 * x[o] + 0.8 * x[o + 2]))) / (4 * Math.PI * Math.sinh(3));

/** On the circle: 1/(2 pi) (1 + 0.8 cos + 0.3 sin 2t). */
const wave = (x: Float64Array, o: number): number => (1 + 0.8 * x[o] + 0.6 * x[o] * x[o + 1]) / (2 * Math.PI);

const entries = (count: number, path: number): Float64Array => {
  const out = new Float64Array(count);
  stream("density field", "atoms").normals(path, 0, out);
  return out;
};

const attention = (d: number, beta: number, sigmaA = 1 / Math.sqrt(d)): Model =>
  gaussianAttention({
    dimension: d,
    beta,
    sigmaV: 1 / Math.sqrt(d),
    atoms: [0, 1].map((m) => entries(d * d, m).map((v) => sigmaA * v)),
  });

/** The same model, asked at every node of the density. */
const everywhere = (model: Model): Model => ({ ...model, analytic: false });

const run = (
  model: Model,
  lmax: number,
  options: Partial<FokkerPlanck> = {},
  paths: readonly number[] = [0],
): DensityEvolution => {
  const evolution = fokkerPlanck({
    model,
    transform: planTransform(model.dimension, lmax),
    density: model.dimension === 2 ? wave : bump,
    scheme: "flow",
    ...options,
  });
  for (const path of paths) {
    const { channels } = model;
    const noise =
      channels === 0
        ? silent({ horizon: 0.02, steps: 2 })
        : brownian({ seed: "density field", path, channels, horizon: 0.02, steps: 2 });
    const { stopped } = simulate({ evolution, noise, steps: 2 });
    expect(stopped).toBeUndefined();
  }
  return evolution;
};

const difference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

describe("the density's field on a grid of its own", () => {
  it.each([
    [3, 1, 31, 0.58],
    [3, 4, 40, 0.25],
    [2, 1, 40, 0.7],
    [2, 4, 85, 0.7],
  ])("is that of every node, d = %i, beta = %f, lmax = %i", (d, beta, lmax, sigmaA) => {
    const model = attention(d, beta, sigmaA);
    const coarse = run(model, lmax);
    const { fieldDegree, fieldError } = coarse.diagnostics();
    expect(fieldDegree).toBeLessThan(lmax);
    expect(fieldError).toBeLessThanOrEqual(1e-12);
    expect(coarse.diagnostics()).not.toHaveProperty("fieldFallback");
    const full = run(everywhere(model), lmax);
    expect(full.diagnostics()).not.toHaveProperty("fieldDegree");
    expect(difference(coarse.coefficients, full.coefficients)).toBeLessThan(1e-11);
    // and it is another computation: with a loose tolerance it differs
    const loose = run(model, lmax, { fieldTolerance: 1e-3 });
    expect(loose.diagnostics().fieldDegree).toBeLessThan(Number(fieldDegree));
    const off = difference(loose.coefficients, full.coefficients);
    expect(off).toBeGreaterThan(1e-11);
    expect(off).toBeLessThan(1e-2);
  });

  it("is right for atoms drawn anew every step", () => {
    const redrawn = gaussianAttention({
      dimension: 3,
      beta: 1,
      sigmaV: 0.5,
      atoms: { count: 1, redraw: (path, step) => [entries(9, 100 + 7 * path + step).map((v) => v / 2)] },
    });
    const [coarse, full] = [redrawn, everywhere(redrawn)].map((model) => run(model, 31, {}, [3]));
    expect(coarse.diagnostics()).toHaveProperty("fieldDegree");
    expect(difference(coarse.coefficients, full.coefficients)).toBeLessThan(1e-11);
  });

  it("asks for no digits of a field that vanishes", () => {
    const uniform = run(noisyAttention({ dimension: 3, beta: 1, coupling: 1 }), 31, {
      density: () => 1 / (4 * Math.PI),
    });
    expect(uniform.diagnostics()).toMatchObject({ fieldDegree: 11 });
  });

  const kinked = (law: boolean): Model => ({
    ...defineModel({
      name: "kinked",
      dimension: 3,
      calculus: "stratonovich",
      statistic: {
        size: 1,
        of({ count, points, weights }, out) {
          out[0] = 1;
          if (law) for (let i = 0; i < count; i++) out[0] += weights[i] * Math.abs(points[3 * i]);
        },
      },
      noise: [(x, out, [c]) => out.set([0, 0, law ? c : c * Math.abs(x[0])])],
    }),
    analytic: true,
  });

  it.each([
    ["in the point", false],
    ["in the law", true],
  ])("gives way to every node for a field with a kink %s, and says so", (_, law) => {
    const model = kinked(law);
    const refused = run(model, 31);
    expect(refused.diagnostics().fieldFallback).toMatch(
      /found at every node of the density from t = 0 on.* off by /,
    );
    expect(refused.diagnostics()).not.toHaveProperty("fieldDegree");
    expect(refused.coefficients).toEqual(run(everywhere(model), 31).coefficients);
  });

  it("would see a field that is smooth, but another one on every grid", () => {
    const model = attention(3, 1);
    const deceptive = (size: number): Model => ({
      ...model,
      plan(n) {
        const field = model.plan(n);
        return {
          ...field,
          increment(dt, dW, out) {
            field.increment(dt, dW, out);
            for (let i = 0; i < out.length; i++) out[i] *= 1 + size / n;
          },
        };
      },
    });
    const fallback = (size: number): unknown =>
      run(deceptive(size), 15, { fieldTolerance: 1e-6 }).diagnostics().fieldFallback;
    expect(fallback(1)).toMatch(/found at every node/);
    expect(fallback(1e-4)).toBeUndefined();
  });

  it("gives way when a kink is met on the way", () => {
    // quiet until the mean has gone far enough
    const late: Model = {
      ...defineModel({
        name: "late",
        dimension: 3,
        calculus: "stratonovich",
        statistic: {
          size: 1,
          of({ count, points, weights }, out) {
            for (let i = 0; i < count; i++) out[0] += weights[i] * points[3 * i + 1];
          },
        },
        drift: (x, out, [c]) => out.set([0, 1 + Math.max(0, c - 0.008) * Math.abs(x[0]), 0]),
        noise: [],
      }),
      analytic: true,
    };
    const { fieldFallback } = run(late, 31).diagnostics();
    const [, time] = /from t = (\S+) on/.exec(String(fieldFallback))!;
    expect(Number(time)).toBeGreaterThan(0);
    expect(Number(time)).toBeLessThan(0.02);
  });

  it("makes no path depend on the one before", () => {
    const after = (paths: readonly number[]): DensityEvolution =>
      run(attention(3, 1), 21, { fieldTolerance: 3e-6 }, paths);
    const [alone, higher, second] = [[0], [4], [4, 0]].map(after);
    expect(higher.diagnostics().fieldDegree).toBeGreaterThan(Number(alone.diagnostics().fieldDegree));
    expect(second.coefficients).toEqual(alone.coefficients);
    expect(second.diagnostics()).toEqual(alone.diagnostics());
  });
});

describe("opposite halves", () => {
  it("put every node of a grid opposite to another", () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 3), fc.integer({ min: 0, max: 24 }), (d, lmax) => {
        const { nodes, count } = d === 2 ? planCircle({ lmax }) : planSphere({ lmax, nlat: lmax + 1 });
        const order = oppositeHalves(nodes, d);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        for (let i = 0; i < count / 2; i++) {
          const [one, two] = [order[i], order[i + count / 2]].map((k) => nodes.subarray(k * d, (k + 1) * d));
          one.forEach((v, a) => expect(two[a] === -v).toBe(true));
        }
      }),
      { numRuns: 20 },
    );
  });

  it("leave nodes alone of which one has no opposite", () => {
    expect([...oppositeHalves(Float64Array.of(1, 0, 0, 1, -1, 0), 2)]).toEqual([0, 1, 2]);
    expect([...oppositeHalves(Float64Array.of(0, 0), 2)]).toEqual([0]);
  });
});
