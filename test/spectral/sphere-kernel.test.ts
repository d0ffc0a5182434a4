import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kernelChoice, type KernelChoice } from "../../src/kernels/choice.js";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.js";
import type { SphereShape } from "../../src/spectral/kernels/sphere-arrays.js";
import { planPlainSphere } from "../../src/spectral/kernels/sphere-plain.js";
import { planSimdSphere } from "../../src/spectral/kernels/sphere-simd.js";
import { planSphere, type SphereTransform } from "../../src/spectral/sphere-transform.js";
import { fixedNumbers } from "./reference-transform.js";

/** Where two arrays differ by a bit, all NaN being one: an engine may choose among them. */
const differing = (a: Float64Array, b: Float64Array): number[] =>
  Array.from(a.keys()).filter((i) => !Object.is(a[i], b[i]));

function chosen<T>(choice: KernelChoice, plan: () => T): T {
  const before = process.env.COMMONNOISE_KERNELS;
  process.env.COMMONNOISE_KERNELS = choice;
  try {
    return plan();
  } finally {
    if (before === undefined) delete process.env.COMMONNOISE_KERNELS;
    else process.env.COMMONNOISE_KERNELS = before;
  }
}

function able(choice: KernelChoice): boolean {
  try {
    return chosen(choice, kernelChoice) === choice;
  } catch {
    return false;
  }
}

/** What numbers a field has: of order one, mostly zeros, near what a double can hold, tiny, or not numbers. */
const KINDS: readonly ((v: number, i: number) => number)[] = [
  (v) => v,
  (v, i) => (i % 7 === 0 ? v : i % 2 ? 0 : -0),
  () => 0,
  (v) => v * 1e307,
  (v) => v * 1e-310,
  (v, i) => (i === 3 ? Infinity : v),
  (v, i) => (i === 2 ? NaN : v),
];

const shapes = fc
  .record({
    degree: fc.integer({ min: 0, max: 72 }),
    more: fc.integer({ min: 0, max: 40 }),
    longitudes: fc.constantFrom(16, 24, 32, 48, 64, 96, 128, 192, 256, 384),
    fields: fc.integer({ min: 1, max: 3 }),
    kind: fc.nat(KINDS.length - 1),
    seed: fc.nat(),
  })
  // an order may reach half of the longitudes, and on the way to coefficients pass it
  .map((of) => ({ ...of, degree: Math.min(of.degree, of.longitudes / 2) }));

const shapeOf = (degree: number, more: number, longitudes: number): SphereShape => ({
  degree,
  gauss: gaussLegendre(4 * Math.ceil((degree + 1 + more) / 4)),
  longitudes,
  fields: 3,
});

describe("the spherical transform in SIMD", () => {
  it("gives the bits of its twin, on every grid, of every degree up to the table's, for any numbers", () => {
    fc.assert(
      fc.property(shapes, fc.nat(2), ({ degree, more, longitudes, fields, kind, seed }, less) => {
        const shape = shapeOf(degree, more, longitudes);
        const [plain, simd] = [planPlainSphere(shape), planSimdSphere(shape, "simd")!];
        const top = Math.max(0, degree - less);
        const coefficients = fixedNumbers(fields * (top + 1) ** 2, seed).map(KINDS[kind]);
        const count = shape.gauss.nodes.length * longitudes * fields;
        const [one, two] = [new Float64Array(count), new Float64Array(count)];
        plain.synthesis(top, fields, coefficients, one);
        simd.synthesis(top, fields, coefficients, two);
        expect(differing(one, two)).toEqual([]);
        const values = fixedNumbers(count, seed + 1).map(KINDS[kind]);
        const [a, b] = [coefficients.slice(), coefficients.slice().fill(1)];
        plain.analysis(top, fields, values, a);
        simd.analysis(top, fields, values, b);
        expect(differing(a, b)).toEqual([]);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("of several fields is that of each", () => {
    const shape = shapeOf(21, 5, 64);
    for (const kernel of [planPlainSphere(shape), planSimdSphere(shape, "simd")!]) {
      const size = 22 ** 2;
      const count = shape.gauss.nodes.length * 64;
      const coefficients = fixedNumbers(3 * size, 5);
      const together = new Float64Array(3 * count);
      kernel.synthesis(21, 3, coefficients, together);
      const back = new Float64Array(3 * size);
      kernel.analysis(21, 3, together, back);
      for (let field = 0; field < 3; field++) {
        const alone = new Float64Array(count);
        kernel.synthesis(21, 1, coefficients.subarray(field * size, (field + 1) * size), alone);
        expect(
          differing(
            alone,
            together.filter((_, i) => i % 3 === field),
          ),
        ).toEqual([]);
        const backAlone = new Float64Array(size);
        kernel.analysis(21, 1, alone, backAlone);
        expect(differing(backAlone, back.subarray(field * size, (field + 1) * size))).toEqual([]);
      }
    }
  });

  it("is not tried where a memory cannot hold it", () => {
    const gauss = {
      nodes: new Float64Array(4096),
      tails: new Float64Array(4096),
      weights: new Float64Array(4096),
    };
    expect(planSimdSphere({ degree: 4000, gauss, longitudes: 8192, fields: 3 }, "simd")).toBeUndefined();
  });
});

/** Everything that a transform computes, from fixed numbers. */
function everything(sphere: SphereTransform): Record<string, Float64Array> {
  const { size, count } = sphere;
  const out = {
    synthesis: new Float64Array(count),
    analysis: new Float64Array(size),
    gradient: new Float64Array(3 * count),
    divergence: new Float64Array(size),
    tensorDivergence: new Float64Array(size),
  };
  sphere.synthesis(fixedNumbers(size, 1), out.synthesis);
  sphere.analysis(fixedNumbers(count, 2), out.analysis);
  sphere.gradient(fixedNumbers(size, 3), out.gradient);
  sphere.divergence(fixedNumbers(3 * count, 4), out.divergence);
  sphere.tensorDivergence(fixedNumbers(9 * count, 5), out.tensorDivergence);
  return out;
}

const grids = (lmax: number): { lmax: number; nlat?: number; nlon?: number }[] => [
  { lmax },
  { lmax, nlat: lmax + 1, nlon: 2 * lmax + 1 },
  { lmax, nlat: 2 * lmax + 3, nlon: 4 * lmax + 7 },
];

describe("planSphere", () => {
  it("gives the same bits by either kernel, from the coarsest grid on", () => {
    for (const lmax of [0, 1, 2, 3, 5, 6, 7, 10, 21, 31, 47, 63, 70])
      for (const options of grids(lmax)) {
        const plain = everything(chosen("plain", () => planSphere(options)));
        const simd = everything(chosen("simd", () => planSphere(options)));
        for (const name of Object.keys(plain)) expect(differing(plain[name], simd[name])).toEqual([]);
      }
  });

  it.runIf(able("fma"))("is as good where products and sums may be rounded once", () => {
    for (const options of grids(31)) {
      const plain = everything(chosen("plain", () => planSphere(options)));
      const fma = everything(chosen("fma", () => planSphere(options)));
      for (const name of Object.keys(plain)) {
        const size = plain[name].reduce((most, v) => Math.max(most, Math.abs(v)), 0);
        plain[name].forEach((v, i) => expect(Math.abs(v - fma[name][i])).toBeLessThan(1e-14 * size));
      }
    }
  });

  it("refuses arrays that are too short", () => {
    const sphere = planSphere({ lmax: 4 });
    const { size, count } = sphere;
    const short = (n: number): Float64Array => new Float64Array(n - 1);
    expect(() => sphere.synthesis(short(size), new Float64Array(count))).toThrow(RangeError);
    expect(() => sphere.synthesis(new Float64Array(size), short(count))).toThrow(/want an array of/);
    expect(() => sphere.analysis(short(count), new Float64Array(size))).toThrow(RangeError);
    expect(() => sphere.divergence(short(3 * count), new Float64Array(size))).toThrow(RangeError);
    expect(() => sphere.gradient(new Float64Array(size), short(3 * count))).toThrow(RangeError);
  });
});
