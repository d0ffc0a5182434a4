import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { particles } from "../../solvers/particles.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate } from "../../solvers/simulate.js";
import { affine } from "../../src/models/gallery/affine.js";
import type { AffineField } from "../../src/models/gallery/affine-field.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { planAffineMap } from "../../src/models/gallery/kernels/affine-map.js";
import { brownian } from "../../src/noise/brownian.js";
import { copyMeasure, wrap } from "../../src/sphere/measure.js";
import type { Measure, Model, Scheme } from "../../src/types.js";
import { farthest, someArea, someLaw, someNormals } from "./contract.js";

afterEach(() => void vi.unstubAllEnvs());

/** What `make` makes with the kernels asked for. */
function under<T>(kernels: "simd" | "plain", make: () => T): T {
  vi.stubEnv("COMMONNOISE_KERNELS", kernels);
  return make();
}

describe("an affine map of many points", () => {
  /** Enough points for the vectors to be used. */
  const n = fc.integer({ min: 32, max: 75 });
  const d = fc.integer({ min: 1, max: 7 });

  it("gives the same bits in vectors as in its twin, wherever the points lie", () => {
    fc.assert(
      fc.property(n, d, fc.integer({ min: 0, max: 1000 }), (count, dimension, draw) => {
        const map = someNormals(dimension * (dimension + 1), draw);
        const points = someNormals(count * dimension, draw + 2000);
        const fast = under("simd", () => planAffineMap(count, dimension));
        const plain = under("plain", () => planAffineMap(count, dimension));
        expect(fast.home).toHaveLength(points.length);
        expect(plain.home).toBeUndefined();
        fast.home!.set(points);
        const elsewhere = points.slice();
        for (let again = 0; again < 3; again++) {
          plain.move(map, points);
          fast.move(map, fast.home!);
          expect(fast.home).toEqual(points);
        }
        for (let again = 0; again < 3; again++) fast.move(map, elsewhere);
        expect(elsewhere).toEqual(points);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it("sums what came out, so that a number that is none is seen wherever it is", () => {
    for (const kernels of ["simd", "plain"] as const) {
      for (const dimension of [2, 3, 5]) {
        const mover = under(kernels, () => planAffineMap(33, dimension));
        const map = new Float64Array(dimension * (dimension + 1));
        for (let a = 0; a < dimension; a++) map[a * (dimension + 1) + 1 + a] = 1;
        for (let at = 0; at < 33 * dimension; at++) {
          for (const bad of [NaN, Infinity]) {
            const points = new Float64Array(33 * dimension);
            expect(mover.move(map, points)).toBe(0);
            points[at] = bad;
            expect(Number.isFinite(mover.move(map, points))).toBe(false);
          }
        }
      }
    }
  });
});

/** K affine fields with all, some, or none of their parts. */
function someAffine(dimension: number, channels: number, calculus: Model["calculus"], draw: number): Model {
  const field = (k: number): AffineField => ({
    ...(k % 4 !== 1 && { matrix: someNormals(dimension * dimension, draw + k) }),
    ...(k % 4 !== 2 && k % 4 !== 3 && { offset: someNormals(dimension, draw + 100 + k) }),
  });
  const noise = Array.from({ length: channels }, (_, k) => field(k));
  return affine({ name: "some", dimension, calculus, drift: field(50), noise: [...noise, {}] });
}

/** The same without a step of its own. */
const inParts = (model: Model): Model => ({
  ...model,
  plan: (count) => ({ ...model.plan(count), displace: undefined, home: undefined }),
});

function after(scheme: Scheme, model: Model, law: Measure, area: Float64Array | null): Float64Array {
  const cloud = copyMeasure(law);
  const dW = someNormals(model.channels, 5).map((w) => 0.1 * w);
  const stepper = scheme.plan(model, law.count);
  for (let step = 0; step < 3; step++)
    stepper.step(cloud, { path: 0, step, time: 0, dt: 0.01, dW, area }, null);
  return cloud.points;
}

describe("a step of an affine model in one piece", () => {
  it("is the step of the scheme, to rounding", () => {
    const problem = fc.record({
      scheme: fc.constantFrom(eulerMaruyama, milstein),
      dimension: fc.integer({ min: 1, max: 5 }),
      channels: fc.integer({ min: 0, max: 5 }),
      count: fc.constantFrom(1, 2, 7, 40),
      calculus: fc.constantFrom("ito" as const, "stratonovich" as const),
      withArea: fc.boolean(),
      draw: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(problem, ({ scheme, dimension, channels, count, calculus, withArea, draw }) => {
        const model = someAffine(dimension, channels, calculus, draw);
        const law = someLaw(model, count);
        const area = withArea ? someArea(model.channels, draw).map((a) => 0.01 * a) : null;
        const whole = after(scheme, model, law, area);
        const parts = after(scheme, inParts(model), law, area);
        const size = parts.reduce((s, v) => Math.max(s, Math.abs(v)), 1);
        expect(farthest(whole, parts) / size).toBeLessThan(1e-14);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("is that of a run, with the same bits whoever does it, and from any start", () => {
    const n = 33;
    const run = (scheme: Scheme): Float64Array[] => {
      const model = brownianRotations();
      const evolution = particles({ model, scheme, initial: (path) => someLaw(model, n, path) });
      return [1, 0].map((path) => {
        const noise = brownian({ seed: "s", path, channels: 3, horizon: 1, steps: 16 });
        const { stopped } = simulate({ evolution, noise, steps: 16 });
        expect(stopped).toBeUndefined();
        return evolution.law.points.slice();
      });
    };
    for (const scheme of [eulerMaruyama, milstein])
      expect(under("simd", () => run(scheme))).toEqual(under("plain", () => run(scheme)));
  });

  it("ends a run where its points are no longer finite", () => {
    const model = affine({ name: "grows", dimension: 3, drift: { offset: [1e308, 0, 0] }, noise: [] });
    for (const count of [1, 40]) {
      const evolution = particles({
        model: { ...model, channels: 1 },
        scheme: eulerMaruyama,
        initial: wrap(new Float64Array(3 * count), 3),
      });
      const noise = brownian({ seed: "s", path: 0, channels: 1, horizon: 8, steps: 8 });
      const { times, stopped } = simulate({ evolution, noise, steps: 8, observe: { one: () => 1 } });
      expect(times).toEqual([0, 1]);
      expect(stopped).toEqual({
        time: 1,
        cause: "at t = 2, step 2 of 8: the state is no longer finite: the step is too large for the field",
      });
    }
  });
});
