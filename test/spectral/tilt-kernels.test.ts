import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import { circleLayout } from "../../src/spectral/kernels/circle-layout.js";
import { circleMoments } from "../../src/spectral/kernels/circle-moments.js";
import { circleSums } from "../../src/spectral/kernels/circle-sums.js";
import { harmonicCount } from "../../src/spectral/kernels/harmonic-index.js";
import { sphereLayout } from "../../src/spectral/kernels/sphere-layout.js";
import { spherePlainMoments } from "../../src/spectral/kernels/sphere-moments-plain.js";
import { sphereSimdMoments } from "../../src/spectral/kernels/sphere-moments-simd.js";
import { spherePlainSums } from "../../src/spectral/kernels/sphere-sums-plain.js";
import { sphereSimdSums } from "../../src/spectral/kernels/sphere-sums-simd.js";
import {
  WINDOW,
  type TiltLayout,
  type TiltMoments,
  type TiltSums,
} from "../../src/spectral/kernels/tilt-kernel.js";
import { relativeBessel } from "../../src/numerics/bessel.js";
import { fixedNumbers } from "./reference-transform.js";

const bits = (values: Float64Array): string => Buffer.from(values.slice().buffer).toString("hex");

/** Unit vectors; with `rings` many of them share their latitude with the one before. */
function directions(d: 2 | 3, count: number, seed: number, rings: boolean): Float64Array {
  const raw = fixedNumbers(3 * count, seed);
  const out = new Float64Array(d * count);
  let z = 0;
  for (let i = 0; i < count; i++) {
    if (!rings || i % 5 === 0) z = d === 3 ? raw[3 * i] : 0;
    const angle = Math.PI * raw[3 * i + 1];
    const radius = Math.sqrt(1 - z * z);
    out.set([radius * Math.cos(angle), radius * Math.sin(angle), z].slice(0, d), d * i);
  }
  return out;
}

/** The moments of points with strengths [n, 4 blocks], window by window. */
function gathered(
  kernel: TiltMoments,
  d: 2 | 3,
  points: Float64Array,
  strengths: Float64Array,
  degree: number,
  length: number,
): Float64Array {
  const n = points.length / d;
  const width = strengths.length / n;
  kernel.begin(degree);
  for (let first = 0; first < n; first += WINDOW) {
    const count = Math.min(WINDOW, n - first);
    kernel.points.set(points.subarray(first * d, (first + count) * d));
    kernel.strengths.set(strengths.subarray(first * width, (first + count) * width));
    kernel.enter(count);
  }
  kernel.finish();
  return kernel.coefficients.slice(0, length);
}

interface Sums {
  readonly degree: number;
  readonly extra: 0 | 1;
  readonly truncation: number;
  readonly tilts: Float64Array;
  readonly coefficients: Float64Array;
}

/** What a kernel gives for at most a window of tilts. */
function summed(
  kernel: TiltSums,
  d: 2 | 3,
  width: number,
  { degree, extra, truncation, tilts, coefficients }: Sums,
) {
  const count = tilts.length / d;
  kernel.tilts.fill(0);
  tilts.forEach((u, e) => {
    const i = Math.floor(e / d);
    kernel.tilts[4 * (d * (i >> 2) + (e % d)) + (i & 3)] = u;
  });
  kernel.coefficients.set(coefficients);
  for (let l = 0; l <= degree + extra; l++) kernel.bounds[l] = 1 / (l + 1);
  kernel.run(count, degree, extra, truncation);
  const groups = 4 * Math.ceil(count / 4);
  return { sums: kernel.sums.slice(0, 2 * width * groups), sizes: kernel.sizes.slice(0, groups) };
}

const length = fc.oneof(
  fc.double({ min: 0, max: 60, noNaN: true }),
  fc.constantFrom(0, 1e-320, 1e-200, 1e-9, 1e5, 1e150),
);

describe("the sphere's sums in vectors", () => {
  it("gather the bits of their twin: moments", () => {
    fc.assert(
      fc.property(
        fc.record({
          degree: fc.integer({ min: 0, max: 17 }),
          spare: fc.integer({ min: 0, max: 3 }),
          blocks: fc.integer({ min: 1, max: 3 }),
          count: fc.integer({ min: 1, max: 2 * WINDOW + 3 }),
          rings: fc.boolean(),
          seed: fc.integer({ min: 1, max: 1000 }),
        }),
        ({ degree, spare, blocks, count, rings, seed }) => {
          const points = directions(3, count, seed, rings);
          const strengths = fixedNumbers(4 * blocks * count, seed + 1);
          const size = sphereLayout.length(degree, blocks);
          const [plain, simd] = [
            spherePlainMoments(degree + spare, blocks),
            sphereSimdMoments("simd", degree + spare, blocks),
          ].map((kernel) => {
            // a second time after another degree: nothing is left behind
            gathered(kernel, 3, points, strengths, Math.max(0, degree - 1), size);
            return gathered(kernel, 3, points, strengths, degree, size);
          });
          expect(bits(simd)).toBe(bits(plain));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("give the bits of their twin: tilts", () => {
    fc.assert(
      fc.property(
        fc.record({
          degree: fc.integer({ min: 0, max: 21 }),
          extra: fc.constantFrom<0 | 1>(0, 1),
          spare: fc.integer({ min: 0, max: 3 }),
          width: fc.integer({ min: 1, max: 9 }),
          lengths: fc.array(length, { minLength: 1, maxLength: WINDOW }),
          truncation: fc.constantFrom(1e-30, 1e-14, 1e-6, 1e-2),
          seed: fc.integer({ min: 1, max: 1000 }),
        }),
        ({ degree, extra, spare, width, lengths, truncation, seed }) => {
          const tilts = directions(3, lengths.length, seed, false).map(
            (v, e) => v * lengths[Math.floor(e / 3)],
          );
          const top = degree + extra;
          const coefficients = fixedNumbers(sphereLayout.length(top, Math.ceil(width / 4)), seed + 1);
          const task = { degree, extra, truncation, tilts, coefficients };
          const [plain, simd] = [
            spherePlainSums(top + spare, width),
            sphereSimdSums("simd", top + spare, width),
          ].map((kernel) => summed(kernel, 3, width, task));
          expect(bits(simd.sums)).toBe(bits(plain.sums));
          expect(bits(simd.sizes)).toBe(bits(plain.sizes));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe.each([
  [2, circleLayout, circleMoments, circleSums],
  [3, sphereLayout, spherePlainMoments, spherePlainSums],
] as const)("the kernel in dimension %i", (d, layout: TiltLayout, planMoments, planSums) => {
  it("has moments as harmonics give them one by one, to 1e-14", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 1000 }),
        (degree, count, seed) => {
          const points = directions(d, count, seed, true);
          const weights = fixedNumbers(4 * count, seed + 1);
          const coefficients = gathered(
            planMoments(degree, 1),
            d,
            points,
            weights.map((v) => layout.area * v),
            degree,
            layout.length(degree, 1),
          );
          const harmonics = planHarmonics(d, degree);
          const expected = new Float64Array(harmonics.size);
          const found = new Float64Array(harmonics.size);
          // the largest that could be: every harmonic of degree l is at most sqrt(dim_l / area)
          const scale = weights.reduce((s, v) => s + Math.abs(v), 0) * (degree + 1);
          for (let r = 0; r < 4; r++) {
            const law = { count, dimension: d, points, weights: weights.filter((_, i) => i % 4 === r) };
            harmonics.moments(law, expected);
            layout.unpack(coefficients, degree, 1, r, found);
            const unit = d === 3 ? layout.area : 1;
            for (let k = 0; k < found.length; k++)
              expect(Math.abs(found[k] / unit - expected[k])).toBeLessThan(1e-14 * scale);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it("sums what Funk-Hecke says, for a tilt and its opposite, to 1e-14", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 1, max: 1000 }),
        (degree, lengths, seed) => {
          const axes = directions(d, lengths.length, seed, false);
          const tilts = axes.map((v, e) => v * lengths[Math.floor(e / d)]);
          const harmonics = planHarmonics(d, degree);
          const size = harmonicCount(d, degree);
          const standard = fixedNumbers(size, seed + 1);
          const coefficients = new Float64Array(layout.length(degree, 1));
          layout.pack(standard, degree, 1, 0, coefficients);
          const kernel = planSums(degree, 1);
          const { sums } = summed(kernel, d, 1, {
            degree,
            extra: 0,
            truncation: 1e-300,
            tilts,
            coefficients,
          });
          const lambda = new Float64Array(degree + 1);
          const values = new Float64Array(size);
          lengths.forEach((kappa, i) => {
            relativeBessel(d, kappa, degree, lambda);
            for (const sign of [1, -1]) {
              const axis = axes.slice(d * i, d * (i + 1)).map((v) => sign * v);
              harmonics.values(axis, 0, values);
              let expected = 0;
              for (let k = 0; k < size; k++) {
                const l = d === 3 ? Math.floor(Math.sqrt(k)) : (k + 1) >> 1;
                // a circle's harmonics stand over 2 pi times their norms
                const unit = d === 2 ? 2 * Math.PI : 1;
                expected += unit * lambda[l] * standard[k] * values[k];
              }
              const [even, odd] = [0, 1].map((parity) => sums[8 * (i >> 2) + 4 * parity + (i & 3)]);
              expect(Math.abs(even + sign * odd - expected)).toBeLessThan(1e-14 * 4 * size);
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
