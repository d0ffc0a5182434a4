import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/models/define-model.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { wrap } from "../../src/sphere/measure.js";
import { farthest, someArea, someLaw, someNormals } from "./contract.js";

const axes = [0, 1, 2].map((a) => (_x: Float64Array, out: Float64Array) => (out[a] = 1));

describe("defineModel", () => {
  it("projects fields on the sphere, so constant fields are spherical Brownian motion, derivatives and all", () => {
    const exact = sphericalBrownian(3);
    const law = someLaw(exact, 4);
    const results = [exact, defineModel({ name: "axes", dimension: 3, noise: axes })].map((model) => {
      const field = model.plan(4);
      field.freeze(law);
      const outs = Array.from({ length: 4 }, () => new Float64Array(12));
      field.increment(0.1, someNormals(3, 1), outs[0]);
      field.derivative(0.1, someNormals(3, 1), outs[0], outs[1]);
      field.correction(outs[2]);
      field.bracket(someArea(3), outs[3]);
      return outs;
    });
    expect(farthest(results[0][0], results[1][0])).toBeLessThan(1e-15);
    for (const r of [1, 2, 3]) expect(farthest(results[0][r], results[1][r])).toBeLessThan(1e-9);
  });

  it("leaves fields alone in R^d and adds the drift times dt", () => {
    const model = defineModel({
      name: "plane",
      manifold: "euclidean",
      dimension: 3,
      drift: (x, out) => out.set(x),
      noise: axes,
    });
    const field = model.plan(1);
    const out = new Float64Array(3);
    field.freeze(wrap(Float64Array.of(1, 2, 3), 3));
    field.increment(0.5, Float64Array.of(10, 20, 30), out);
    expect(Array.from(out)).toEqual([10.5, 21, 31.5]);
  });

  it("hands the law's statistic to every field and moves it in derivatives", () => {
    const model = defineModel({
      name: "mean",
      manifold: "euclidean",
      dimension: 1,
      statistic: {
        size: 1,
        of: (law, m) => (m[0] = law.points.reduce((s, v, i) => s + law.weights[i] * v, 0)),
      },
      noise: [(x, out, m) => (out[0] = x[0] * m[0])],
    });
    const field = model.plan(2);
    const out = new Float64Array(2);
    field.freeze(wrap(Float64Array.of(1, 3), 1));
    field.increment(0, Float64Array.of(1), out);
    expect(Array.from(out)).toEqual([2, 6]);
    // d(x m) = m dx + x dm; with the law frozen it would be m dx alone, (2, 0).
    field.derivative(0, Float64Array.of(1), Float64Array.of(1, 0), out);
    expect(out[0]).toBeCloseTo(2.5, 9);
    expect(out[1]).toBeCloseTo(1.5, 9);
  });

  it("is Itô on the sphere unless told otherwise", () => {
    expect(defineModel({ name: "m", dimension: 2, noise: [] })).toMatchObject({
      calculus: "ito",
      manifold: "sphere",
      channels: 0,
    });
  });

  it("names the field that writes a number which is not finite, and the point", () => {
    const bad = (noise: boolean) =>
      defineModel({
        name: "bad",
        dimension: 2,
        drift: (_x, out) => (out[0] = noise ? 0 : NaN),
        noise: [(_x, out) => (out[1] = 1 / 0)],
      }).plan(1);
    const out = new Float64Array(2);
    for (const [noise, message] of [
      [true, /model "bad": noise\[0\] wrote Infinity at x = \[1, 0\]/],
      [false, /model "bad": drift wrote NaN/],
    ] as const) {
      const field = bad(noise);
      field.freeze(wrap(Float64Array.of(1, 0), 2));
      expect(() => field.increment(1, Float64Array.of(1), out)).toThrow(message);
    }
  });

  it("refuses a dimension without a sphere", () => {
    expect(() => defineModel({ name: "m", dimension: 1, noise: [] })).toThrow(/dimension: 1/);
    expect(() => defineModel({ name: "m", dimension: 0, manifold: "euclidean", noise: [] })).toThrow(
      /dimension: 0/,
    );
  });
});
