import { describe, expect, it } from "vitest";
import { randomQuadraticForm } from "../../src/models/gallery/random-quadratic-form.js";
import { placePair } from "../../src/exact/overlap/token-pair.js";
import { wrap } from "../../src/sphere/measure.js";

/** Drift and variance rate of the overlap of a pair, from the model's own fields: sums over channels, nothing random. */
function overlapRates(d: number, R: number): { drift: number; variance: number } {
  const model = randomQuadraticForm(d);
  const K = model.channels;
  const pair = wrap(new Float64Array(2 * d), d);
  placePair(R, pair);
  const field = model.plan(2);
  field.freeze(pair);
  const [x, y] = [pair.points.slice(0, d), pair.points.slice(d)];
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((s, v, i) => s + v * b[i], 0);
  const [unit, g] = [new Float64Array(K), new Float64Array(2 * d)];
  let [drift, variance] = [0, 0];
  for (let k = 0; k < K; k++) {
    unit.fill(0);
    unit[k] = 1;
    field.increment(0, unit, g);
    const [gx, gy] = [g.slice(0, d), g.slice(d)];
    variance += (dot(gx, y) + dot(x, gy)) ** 2;
    // Intrinsic Itô in ambient coordinates: dx has the drift -|g|^2 x / 2.
    drift += dot(gx, gy) - 0.5 * R * (dot(gx, gx) + dot(gy, gy));
  }
  return { drift, variance };
}

describe("the random quadratic form", () => {
  it.each([2, 3, 7])("has the overlap diffusion of the paper in dimension %i", (d) => {
    for (const R of [-0.9, -0.2, 0, 0.5, 0.99]) {
      const { drift, variance } = overlapRates(d, R);
      expect(drift).toBeCloseTo(-2 * R * (1 - R * R), 13);
      expect(variance).toBeCloseTo(4 * (1 - R * R) ** 2, 13);
    }
  });

  it("has no Itô correction: Itô and Stratonovich agree", () => {
    const field = randomQuadraticForm(4).plan(2);
    const pair = wrap(new Float64Array(8), 4);
    placePair(0.3, pair);
    field.freeze(pair);
    const C = new Float64Array(8).fill(1);
    field.correction(C);
    expect(C.every((v) => v === 0)).toBe(true);
  });

  it("refuses a dimension without a sphere worth the name", () => {
    expect(() => randomQuadraticForm(1)).toThrow(/dimension: 1/);
    expect(() => randomQuadraticForm(2.5)).toThrow(/dimension: 2.5/);
  });
});
