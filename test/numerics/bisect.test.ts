import { describe, expect, it } from "vitest";
import { bisect, bisectRoot } from "../../src/numerics/bisect.js";
import { solveScalar } from "../../src/numerics/runge-kutta.js";

describe("bisection", () => {
  it("finds a zero of a rising and of a falling function", () => {
    expect(bisectRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(bisectRoot((x) => 2 - x * x, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
  });

  it("keeps its ends on their sides, from left and from right", () => {
    expect(bisect((x) => x < 0.3, 0, 1, { halvings: 3 })).toEqual([0.25, 0.375]);
    expect(bisect((x) => x > 0.3, 1, 0, { halvings: 3 })).toEqual([0.375, 0.25]);
  });

  it("stops when told", () => {
    const [a, b] = bisect((x) => x < 0.3, 0, 1, { until: (inside, outside) => outside - inside < 0.1 });
    expect(b - a).toBe(1 / 16);
  });
});

describe("the classical Runge–Kutta method", () => {
  it("solves y' = y with order four", () => {
    const error = (steps: number): number => Math.abs(solveScalar((y) => y, 1, 1, steps)[steps] - Math.E);
    expect(Math.log2(error(16) / error(32))).toBeGreaterThan(3.9);
    expect(Math.log2(error(16) / error(32))).toBeLessThan(4.1);
  });
});
