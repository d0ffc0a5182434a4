import { describe, expect, it } from "vitest";
import { Stopped } from "../../src/numerics/stopped.js";
import { normalize, retract } from "../../src/sphere/retract.js";

describe("a vector divided by its norm", () => {
  const directions = [
    [1, 0, 0],
    [0, -0.6, 0.8],
    [2 / 3, -1 / 3, 2 / 3],
  ];

  it.each([1, 1e-3, 1e-150, 1e-200, 1e-300, 5e-324, 1e150, 1e200, 1e308])(
    "has norm one at length %d",
    (length) => {
      for (const direction of directions) {
        const x = Float64Array.from(direction, (v) => v * length);
        const scaled = x.slice();
        normalize(x, 3);
        expect(Math.abs(Math.hypot(...x) - 1)).toBeLessThan(4e-16);
        // Where the length itself has all its digits, so does the direction.
        if (length > 1e-290) direction.forEach((v, a) => expect(Math.abs(x[a] - v)).toBeLessThan(4e-16));
        expect(x.map(Math.sign)).toEqual(scaled.map(Math.sign));
      }
    },
  );

  it("has no direction at zero, and says which one it was", () => {
    const x = Float64Array.of(3, 4, 1, 1, -0, 0, 0, 0);
    expect(() => normalize(x, 2)).toThrow(
      new Stopped("points[2] came to the zero vector, which has no direction on the sphere"),
    );
  });

  it.each([NaN, Infinity, -Infinity])("is no vector with a coordinate %d", (bad) => {
    const x = Float64Array.of(0.6, bad, 0, 1);
    normalize(x, 2);
    expect(x.subarray(0, 2).some(Number.isNaN)).toBe(true);
    expect(Array.from(x.subarray(2))).toEqual([0, 1]);
  });

  it("is refused where a step ends exactly at the centre, and not in R^d", () => {
    const x = Float64Array.of(0.6, 0.8);
    const v = Float64Array.of(-1.2, -1.6);
    const out = new Float64Array(2);
    expect(() => retract("sphere", x, 0.5, v, 2, out)).toThrow(Stopped);
    retract("euclidean", x, 0.5, v, 2, out);
    expect(Array.from(out)).toEqual([0, 0]);
  });
});
