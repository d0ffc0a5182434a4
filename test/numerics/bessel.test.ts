import { describe, expect, it } from "vitest";
import { scaledBessel } from "../../src/numerics/bessel.js";
import { degreeNeeded, HIGHEST_DEGREE, harmonicDimension } from "../../src/spectral/degree-needed.js";
import golden from "./bessel.golden.json" with { type: "json" };

describe("scaledBessel", () => {
  it("agrees with values computed with mpmath at 50 digits", () => {
    let worst = 0;
    for (const [d, kappa, l, value] of golden.rows) {
      const out = new Float64Array(l + 1);
      scaledBessel(d, kappa, l, out);
      // every one of the l + 1 ratios is rounded a few times
      const bound = 4 * (l + 4) * Number.EPSILON;
      worst = Math.max(worst, Math.abs(out[l] / value - 1) / bound);
    }
    expect(worst).toBeLessThan(1);
  });

  it("gives the same lower degrees whatever the highest", () => {
    const few = new Float64Array(6);
    const many = new Float64Array(200);
    for (const kappa of [1e-8, 1, 37, 1e4]) {
      scaledBessel(3, kappa, 5, few);
      scaledBessel(3, kappa, 199, many);
      few.forEach((v, l) => expect(Math.abs(many[l] / v - 1)).toBeLessThan(20 * Number.EPSILON));
    }
  });

  it("sums to one with the dimensions, e^k = sum dim_l lambda_l(k)", () => {
    for (const d of [2, 3, 4, 6, 9])
      for (const kappa of [0, 0.3, 8, 60]) {
        const out = new Float64Array(150);
        scaledBessel(d, kappa, 149, out);
        const sum = out.reduce((s, v, l) => s + harmonicDimension(d, l) * v, 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-14);
      }
  });

  it("refuses what it cannot mean", () => {
    const out = new Float64Array(2);
    expect(() => scaledBessel(3, NaN, 1, out)).toThrow(/kappa must be finite/);
    expect(() => scaledBessel(3, -1, 1, out)).toThrow(RangeError);
    expect(() => scaledBessel(1, 1, 1, out)).toThrow(/dimension/);
  });
});

describe("degreeNeeded", () => {
  it.each([2, 3, 5])("is the least degree that meets the tolerance, d = %i", (d) => {
    for (const kappa of [1e-6, 0.1, 1, 10, 100, 1e3, 1e4]) {
      const tolerance = 1e-13;
      const degree = degreeNeeded(d, kappa, tolerance);
      const values = new Float64Array(3 * degree + 60);
      scaledBessel(d, kappa, values.length - 1, values);
      const tail = (from: number): number =>
        values.reduce((s, v, l) => s + (l > from ? harmonicDimension(d, l) * v : 0), 0) / values[0];
      expect(tail(degree)).toBeLessThanOrEqual(tolerance * (1 + 1e-9));
      expect(tail(degree - 1)).toBeGreaterThan(tolerance);
      expect(degree).toBeLessThan(1.3 * Math.sqrt(2 * kappa * Math.log(1 / tolerance)) + 20);
    }
  });

  it("grows with kappa", () => {
    const degrees = [0, 1e-3, 0.1, 1, 5, 30, 200, 3e3].map((kappa) => degreeNeeded(3, kappa, 1e-13));
    expect(degrees).toEqual([...degrees].sort((a, b) => a - b));
    expect(() => degreeNeeded(3, 1, 0)).toThrow(/tolerance/);
  });

  it.each([2, 3])("ends at the highest degree, where Infinity begins and no table is made, d = %i", (d) => {
    const most = HIGHEST_DEGREE ** 2 / (2 * Math.log(1e12));
    expect(degreeNeeded(d, most / 4, 1e-12)).toBeGreaterThan(0.4 * HIGHEST_DEGREE);
    for (const kappa of [2 * most, 1e16, 1e50, 1e100, Number.MAX_VALUE])
      expect(degreeNeeded(d, kappa, 1e-12)).toBe(Infinity);
  });
});
