import { describe, expect, it } from "vitest";
import { rotation } from "../../src/models/gallery/rotation.js";
import { measure } from "../../src/sphere/measure.js";

describe("rotation", () => {
  it("turns the first coordinate into the second unless told otherwise", () => {
    const field = rotation(3).plan(1);
    const out = new Float64Array(3);
    field.freeze(measure([[1, 0, 0]]));
    field.increment(5, Float64Array.of(0.25), out);
    expect(Array.from(out)).toEqual([0, 0.25, 0]);
  });

  it("has the correction P Omega^2 x, which on the equator of the axis vanishes", () => {
    const field = rotation(3).plan(2);
    const out = new Float64Array(6);
    field.freeze(
      measure([
        [0, 1, 0],
        [0.6, 0, 0.8],
      ]),
    );
    field.correction(out);
    // At (0.6, 0, 0.8): Omega^2 x = (-0.6, 0, 0), less its part 0.36 along -x.
    [0, 0, 0, -0.6 + 0.36 * 0.6, 0, 0.36 * 0.8].forEach((want, i) => expect(out[i]).toBeCloseTo(want, 14));
  });

  it("refuses a generator that is not skew, naming the entry", () => {
    expect(() => rotation(2, Float64Array.of(0, 1, 1, 0))).toThrow(/generator\[1\]\[0\].*skew/);
    // Whatever the speed: rounding is measured by the largest entry.
    for (const speed of [1e-20, 1, 1e20]) {
      const generator = (ratio: number) => Float64Array.of(0, -speed, ratio * speed, 0);
      expect(() => rotation(2, generator(1 + 1e-11))).toThrow(/skew/);
      expect(() => rotation(2, generator(1 + 1e-13))).not.toThrow();
    }
  });
});
