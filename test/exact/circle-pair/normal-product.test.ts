import { describe, expect, it } from "vitest";
import { normalProduct } from "../../../src/exact/circle-pair/normal-product.js";

describe("the product rule for normal variables", () => {
  const product = normalProduct(3, 4);
  const mean = (f: (z: (e: number) => number) => number, share = 1): number => {
    let sum = 0;
    for (let q = 0; q < product.size; q++) sum += product.weight(q, share) * f((e) => product.node(q, e));
    return sum;
  };

  it("has every variable's moments, independent of the others", () => {
    expect(product.size).toBe(81);
    expect(mean(() => 1)).toBeCloseTo(1, 14);
    for (let e = 0; e < 4; e++) {
      expect(mean((z) => z(e))).toBeCloseTo(0, 14);
      expect(mean((z) => z(e) ** 4)).toBeCloseTo(3, 13);
      expect(mean((z) => z(e) ** 2 * z((e + 1) % 4) ** 2)).toBeCloseTo(1, 13);
    }
    // Three nodes are exact to degree five, not to six: E z^6 = 15.
    expect(Math.abs(mean((z) => z(0) ** 6) - 15)).toBeGreaterThan(1);
  });

  it("shares a weight among its nodes", () => {
    expect(mean(() => 1, 0.25)).toBeCloseTo(0.25, 14);
  });
});
