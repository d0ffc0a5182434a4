import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { covariance } from "../../src/studies/covariance.js";
import { ensemble, meanAndError, rms, sortedQuantile } from "../../src/studies/statistics.js";

describe("statistics", () => {
  it("mean and standard error of a worked example", () => {
    const { mean, standardError } = meanAndError([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(standardError).toBeCloseTo(Math.sqrt(32 / 7 / 8), 15);
    expect(rms([3, 4])).toBeCloseTo(Math.sqrt(12.5), 15);
    expect([0, 0.25, 0.5, 1].map((p) => sortedQuantile([1, 2, 4], p))).toEqual([1, 1.5, 2, 4]);
  });

  it("does not cancel on a large offset, where sums of squares do", () => {
    const offset = 1e9;
    const noise = new Float64Array(1000);
    stream("studies tests", "statistics").normals(0, 0, noise);
    const shifted = noise.map((v) => offset + v);
    const plain = meanAndError(noise).standardError;
    expect(Math.abs(meanAndError(shifted).standardError / plain - 1)).toBeLessThan(1e-7); // ulp(1e9) = 1.2e-7
    const naive =
      shifted.reduce((s, v) => s + v * v, 0) / 1000 - (shifted.reduce((s, v) => s + v, 0) / 1000) ** 2;
    expect(Math.abs(Math.sqrt(naive / 999) / plain - 1)).not.toBeLessThan(1e-3);
  });

  it("refuses numbers that are none, and another size", () => {
    const running = ensemble(2);
    running.add([1, 2]);
    running.add([3, 2]);
    expect([[...running.mean()], [...running.standardError()]]).toEqual([
      [2, 2],
      [1, 0],
    ]);
    expect(() => running.add([1, NaN])).toThrow(/value 1 of path 2 is NaN/);
    expect(() => running.add([1])).toThrow(/1 values, want 2/);
    expect(() => meanAndError([])).toThrow(/no values/);
    expect(ensemble(1).standardError()[0]).toBe(Infinity);
  });

  it("covariance of means equals the two-pass formula", () => {
    const data = [
      [1, 2],
      [3, 1],
      [5, 7],
      [2, 2],
    ];
    const c = covariance(2);
    data.forEach((row) => c.add(row));
    expect([...c.mean()]).toEqual([2.75, 3]);
    const two = data.reduce((s, [a, b]) => s + (a - 2.75) * (b - 3), 0) / 3 / 4;
    expect(c.ofMeans()[1]).toBeCloseTo(two, 15);
    expect(c.ofMeans()[2]).toBeCloseTo(two, 15);
    expect(Math.sqrt(c.ofMeans()[0])).toBeCloseTo(meanAndError(data.map((r) => r[0])).standardError, 15);
  });

  it("one path says nothing of its spread: infinite errors, never NaN", () => {
    const c = covariance(2);
    c.add([1, 2]);
    expect([...c.mean()]).toEqual([1, 2]);
    expect([...c.ofMeans()]).toEqual([Infinity, Infinity, Infinity, Infinity]);
    expect(meanAndError([3])).toEqual({ mean: 3, standardError: Infinity });
  });
});
