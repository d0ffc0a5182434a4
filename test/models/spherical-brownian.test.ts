import { describe, expect, it } from "vitest";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { harmonicFactor } from "../../src/validation/weak-order.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { measure } from "../../src/sphere/measure.js";

describe("spherical Brownian motion", () => {
  it("is the projected increment", () => {
    const field = sphericalBrownian(3).plan(1);
    const out = new Float64Array(3);
    field.freeze(measure([[0, 0, 1]]));
    field.increment(1, Float64Array.of(0.1, 0.2, 0.3), out);
    expect(Array.from(out)).toEqual([0.1, 0.2, 0]);
  });

  it.each([
    [2, 1],
    [2, 3],
    [3, 1],
    [3, 2],
    [4, 2],
  ])("has half the Laplace-Beltrami operator as its generator, d = %i, l = %i", (d, l) => {
    // E Y_l after one step of h is 1 - l (l+d-2) h / 2 + O(h^2), so the remainder falls by four when h halves.
    const remainder = (h: number): number =>
      (harmonicFactor(d, l, eulerMaruyama, h, 10) - 1) / h + (l * (l + d - 2)) / 2;
    const [coarse, fine] = [remainder(2e-3), remainder(1e-3)];
    expect(Math.abs(fine)).toBeLessThan(0.05 * l * (l + d - 2));
    expect(coarse / fine).toBeCloseTo(2, 1);
  });
});
