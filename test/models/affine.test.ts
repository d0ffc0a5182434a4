import { describe, expect, it } from "vitest";
import { affine } from "../../src/models/gallery/affine.js";
import { brownianRotations } from "../../src/models/gallery/brownian-rotations.js";
import { iteratedIntegral } from "../../src/models/gallery/iterated-integral.js";
import { wrap } from "../../src/sphere/measure.js";
import { someArea } from "./contract.js";

describe("affine models of R^d", () => {
  it("turn by the cross product, with the correction -2x and the bracket of rotations", () => {
    const field = brownianRotations().plan(1);
    const x = Float64Array.of(0.3, -1, 2);
    const cross = (a: Float64Array, b: Float64Array) =>
      Float64Array.of(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]);
    const out = new Float64Array(3);
    const near = (want: Float64Array) => want.forEach((v, i) => expect(out[i]).toBeCloseTo(v, 14));
    field.freeze(wrap(x, 3));
    const dW = Float64Array.of(0.5, 0.7, -0.2);
    field.increment(0.1, dW, out);
    near(cross(dW, x).map((v, i) => v - 0.1 * x[i]));
    field.correction(out);
    near(x.map((v) => -2 * v));
    // [e_j x ., e_k x .] = -(e_j x e_k) x .
    const L = someArea(3);
    field.bracket(L, out);
    near(cross(Float64Array.of(-L[5], L[2], -L[1]), x));
  });

  it("have the bracket e_3 for dX3 = W1 dW2", () => {
    const field = iteratedIntegral().plan(1);
    const out = new Float64Array(3);
    field.freeze(wrap(Float64Array.of(5, 6, 7), 3));
    field.bracket(Float64Array.of(0, 0.3, -0.3, 0), out);
    expect(Array.from(out)).toEqual([0, 0, 0.3]);
  });

  it("refuse a matrix or offset of the wrong size, naming it", () => {
    const make = (field: object) => () => affine({ name: "a", dimension: 2, noise: [{}, field] });
    expect(make({ matrix: new Float64Array(3) })).toThrow(/noise\[1\]\.matrix: has 3 entries, want 4/);
    expect(make({ offset: new Float64Array(3) })).toThrow(/noise\[1\]\.offset: has 3 entries, want 2/);
  });
});
