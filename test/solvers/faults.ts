import { withDifferences } from "../../src/models/differences.js";
import { retract } from "../../src/sphere/retract.js";
import { project } from "../../src/sphere/project.js";
import type { CommonNoise, Field, Model } from "../../src/types.js";

/** Mistakes that are easy to make, for tests that must notice them. */

/** The same path with its areas multiplied; -1 transposes them, 0 leaves them out. */
export function scaledArea(noise: CommonNoise, factor: number): CommonNoise {
  return {
    ...noise,
    area(steps, step, out) {
      noise.area?.(steps, step, out);
      for (let e = 0; e < out.length; e++) out[e] *= factor;
    },
  };
}

const changed = (model: Model, change: (field: Field, count: number) => Partial<Field>): Model => ({
  ...model,
  plan(count) {
    const field = model.plan(count);
    // A step in one piece would not see the change.
    return { ...field, ...change(field, count) };
  },
});

export function withoutCorrection(model: Model): Model {
  return changed(model, () => ({ correction: (out) => void out.fill(0) }));
}

export function readAs(calculus: Model["calculus"], model: Model): Model {
  return { ...model, calculus };
}

/**
 * Derivatives with the law frozen: the points move, the law they see does not. The moved points are given the weight
 * zero beside the unmoved law; correction and bracket follow from the derivative.
 */
export function frozenLaw(model: Model): Model {
  return changed(model, (field, n) => {
    const { dimension: d, channels, manifold } = model;
    const both = model.plan(2 * n);
    const points = new Float64Array(2 * n * d);
    const weights = new Float64Array(2 * n);
    const moved = new Float64Array(n * d);
    const [plus, minus] = [new Float64Array(2 * n * d), new Float64Array(2 * n * d)];
    const s = 1e-5;
    return withDifferences(
      {
        freeze(law) {
          field.freeze(law);
          points.set(law.points, n * d);
          weights.set(law.weights, n);
        },
        increment: field.increment,
        derivative(dt, dW, along, out) {
          const x = points.slice(n * d);
          for (const [sign, result] of [
            [s, plus],
            [-s, minus],
          ] as const) {
            retract(manifold, x, sign, along, d, moved);
            points.set(moved);
            both.freeze({ count: 2 * n, dimension: d, points, weights });
            both.increment(dt, dW, result);
          }
          for (let i = 0; i < n * d; i++) out[i] = (plus[i] - minus[i]) / (2 * s);
          if (manifold === "sphere") project(x, out, d);
        },
      },
      { manifold, dimension: d, channels, count: n },
    );
  });
}
