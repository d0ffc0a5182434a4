import { describe, expect, it } from "vitest";
import { measure, wrap } from "../../src/sphere/measure.js";

const points = [
  [1, 0],
  [0, 1],
];

describe("a measure", () => {
  it.each<[number[], string]>([
    [[1.5, -0.5], "weights[1]: is -0.5, want zero or more"],
    [[-1e-300, 1], "weights[0]: is -1e-300, want zero or more"],
    [[NaN, 1], "weights[0]: is NaN, want zero or more"],
    [[0.5, 0.4], "weights: sum to 0.9, want 1"],
    [[Infinity, 0], "weights: sum to Infinity, want 1"],
    [[1], "weights: 1 of them for 2 points"],
  ])("has weights of a law, not %j", (weights, sentence) => {
    expect(() => measure(points, weights)).toThrow(new RangeError(sentence));
  });

  it("may have points without weight, and is equal weights unless told", () => {
    expect(measure(points, [0, 1]).weights).toEqual(Float64Array.of(0, 1));
    expect(measure(points).weights).toEqual(Float64Array.of(0.5, 0.5));
  });

  it("around the arrays of a truncated density keeps its negative weights", () => {
    const weights = Float64Array.of(1.5, -0.5);
    expect(wrap(Float64Array.of(1, 0, 0, 1), 2, weights).weights).toBe(weights);
  });
});
