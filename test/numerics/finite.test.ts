import { describe, expect, it } from "vitest";
import { allFinite } from "../../src/numerics/finite.js";
import { retract } from "../../src/sphere/retract.js";
import { someNormals } from "../models/contract.js";

const BAD = [NaN, Infinity, -Infinity];

describe("whether numbers are finite", () => {
  it("is seen wherever one is not", () => {
    for (const length of [0, 1, 3, 4, 5, 8, 11]) {
      const values = new Float64Array(length).fill(2);
      expect(allFinite(values)).toBe(true);
      for (let at = 0; at < length; at++) {
        for (const bad of BAD) {
          values[at] = bad;
          expect(allFinite(values)).toBe(false);
          values[at] = 2;
        }
      }
    }
    expect(allFinite(Float64Array.of(Infinity, 0, 0, 0, -Infinity, 0, 0, 0))).toBe(false);
  });

  it("is not confused by numbers whose sum overflows", () => {
    expect(allFinite(new Float64Array(9).fill(1.7e308))).toBe(true);
    expect(allFinite(Float64Array.of(1.7e308, -1.7e308, 1.7e308, 1.7e308, 1.7e308, -1.7e308))).toBe(true);
  });

  it.each(["sphere", "euclidean"] as const)("is told by a retraction, %s", (manifold) => {
    for (const d of [2, 3, 4, 7]) {
      const x = someNormals(5 * d, 1);
      const v = someNormals(5 * d, 2);
      const out = new Float64Array(5 * d);
      expect(retract(manifold, x, 0.1, v, d, out)).toBe(true);
      for (let at = 0; at < v.length; at++) {
        for (const bad of BAD) {
          const spoilt = v.slice();
          spoilt[at] = bad;
          expect(retract(manifold, x, 0.1, spoilt, d, out)).toBe(false);
          expect(out.every(Number.isFinite)).toBe(false);
        }
      }
    }
  });

  it("is true of a retraction of vectors whose squares are no numbers", () => {
    for (const d of [2, 3, 4]) {
      const [x, v, out] = [new Float64Array(d).fill(1e300), new Float64Array(d), new Float64Array(d)];
      expect(retract("sphere", x, 1, v, d, out)).toBe(true);
      for (const y of out) expect(Math.abs(y - 1 / Math.sqrt(d))).toBeLessThan(1e-15);
      expect(
        retract(
          "euclidean",
          x,
          1,
          x.map(() => 0),
          d,
          out,
        ),
      ).toBe(true);
    }
  });
});
