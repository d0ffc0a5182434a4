import { describe, expect, it } from "vitest";
import { iteratedIntegralClaims, iteratedIntegralErrors } from "../../src/validation/exact-constants.js";
import { meanAndError } from "../../src/studies/statistics.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { scaledArea } from "./faults.js";

const SIZE = { paths: 16_000, steps: 16 };

/** Mean of squares in units of T h / 4, the mean square of one area's sum, with its standard error. */
function inAreas(errors: Float64Array): { mean: number; standardError: number } {
  return meanAndError(errors.map((e) => (e * e * 4) / (1 / SIZE.steps)));
}

describe("dX3 = W1 dW2 on [0, 1]", () => {
  it("has the constants sqrt(Th/2), sqrt(Th/4) and zero", () => {
    const claims = iteratedIntegralClaims(SIZE);
    for (const { claim, verdict, value, interval } of claims) {
      expect(verdict, claim).toBe("holds");
      // Intervals are three standard errors wide, which must be below 0.7% of the constant.
      if (value > 0.5) expect((interval![1] - interval![0]) / 6).toBeLessThan(0.007);
    }
  });

  it.each([
    ["transposed", -1, 4],
    ["zeroed", 0, 1],
    ["scaled by 1.3", 1.3, 0.09],
  ])("shows an area %s: mean square (1 - c)^2 areas", (_name, factor, want) => {
    const errors = iteratedIntegralErrors(milstein, true, {
      paths: 2000,
      steps: SIZE.steps,
      fault: (noise) => scaledArea(noise, factor),
    });
    const { mean, standardError } = inAreas(errors);
    expect(Math.abs(mean - want)).toBeLessThan(5 * standardError);
    expect(mean).toBeGreaterThan(20 * standardError);
  });

  it("tells Euler-Maruyama from Milstein: the constants differ by many standard errors", () => {
    const few = { paths: 2000, steps: SIZE.steps };
    const { mean, standardError } = inAreas(iteratedIntegralErrors(milstein, false, few));
    expect(Math.abs(mean - 2)).toBeGreaterThan(15 * standardError);
  });
});
