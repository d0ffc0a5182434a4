import { describe, expect, it } from "vitest";
import { forAll, millionsASecond, perPair, perStep } from "../../bench/timing/units.js";

const spreadOf = (median: number) => ({ median, low: 0.5 * median, high: 2 * median });

describe("the units of the benchmarks", () => {
  it("count pairs of tokens and matrices, and particles and steps, in nanoseconds", () => {
    // 10 tokens under 3 matrices are 300 pairs.
    expect(perPair(spreadOf(600e-9), 10, 3).median).toBeCloseTo(2, 12);
    expect(perStep(spreadOf(600e-9), 4, 50)).toEqual({
      median: expect.closeTo(3, 12),
      low: expect.closeTo(1.5, 12),
      high: expect.closeTo(6, 12),
    });
  });

  it("take the time of a quarter of the rows four times", () => {
    expect(forAll(spreadOf(2), 256, 1024).median).toBe(0.5);
  });

  it("turn nanoseconds into millions a second, the quickest round being the most", () => {
    expect(millionsASecond(spreadOf(10))).toEqual({ median: 100, low: 50, high: 200 });
  });
});
