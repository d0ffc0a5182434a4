import { describe, expect, it } from "vitest";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { defineModel } from "../../src/models/define-model.js";
import type { FieldDefinition } from "../../src/models/field-kinds.js";
import { meanOf } from "../../src/sphere/mean.js";
import { measure } from "../../src/sphere/measure.js";

/*
 * Two points of R that share dX_i = m dW, m their mean (Itô): m is the geometric Brownian motion exp(W - t/2), and
 * X_i = X_i(0) + m - 1. The field does not depend on its own point at all: all of Milstein's second term is the law's motion.
 */
const PATHS = 400;
const HORIZON = 1 / 4;
const LEVELS = [16, 32, 64, 128];
const noise = pathNoise({
  seed: "own derivative",
  channels: 1,
  horizon: HORIZON,
  steps: LEVELS[3],
  area: null,
});

/** The slope of log rms error against log h, by least squares. */
function order(field: FieldDefinition): number {
  const model = defineModel({
    name: "mean",
    manifold: "euclidean",
    dimension: 1,
    statistic: { size: 1, of: meanOf },
    noise: [field],
  });
  const initial = measure([[0.5], [1.5]]);
  const solve = pathwise({ model, scheme: milstein, initial, noise });
  const squares = LEVELS.map(() => 0);
  const dW = new Float64Array(1);
  for (let path = 0; path < PATHS; path++) {
    noise(path).increment(1, 0, dW);
    const exact = Math.exp(dW[0] - HORIZON / 2) - 0.5;
    LEVELS.forEach((steps, l) => (squares[l] += (solve(steps, path)[0] - exact) ** 2));
  }
  const points = LEVELS.map((steps, l) => [-Math.log(steps), 0.5 * Math.log(squares[l] / PATHS)]);
  const mean = (a: 0 | 1): number => points.reduce((s, p) => s + p[a], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((s, p) => s + (p[0] - x) * (p[1] - y), 0);
  return over / points.reduce((s, p) => s + (p[0] - x) ** 2, 0);
}

const drawn = (_x: Float64Array, out: Float64Array, m: Float64Array): void => void out.set(m);

describe("the strong order of Milstein for a field that sees the mean alone", () => {
  it.each<[string, FieldDefinition]>([
    ["by differences", drawn],
    ["with its derivative", { at: drawn, derivative: (_x, _v, out, _m, dm) => void out.set(dm) }],
    [
      "with its derivative for all points",
      {
        ensemble: (_points, out, m) => void out.fill(m[0]),
        derivative: (_points, _along, out, _m, dm) => void out.fill(dm[0]),
      },
    ],
  ])("is one %s", (_how, field) => {
    expect(Math.abs(order(field) - 1)).toBeLessThan(0.1);
  });

  it("is one half where the derivative keeps the law frozen", () => {
    const frozen: FieldDefinition = { at: drawn, derivative: () => undefined };
    expect(Math.abs(order(frozen) - 0.5)).toBeLessThan(0.1);
  });
});
