import { project } from "../../src/sphere/project.js";
import type { Diagnostics, Interval, Measure, Model } from "../../src/types.js";

/** The vector field whose unit-time flow is one step: increments frozen, law and points moving. */
export interface FrozenField {
  start(interval: Interval, kick: Float64Array | null): void;
  /** out[n,d] = b h + F - h/2 C + sum_jk L_jk nabla_{g_j} g_k (+ P_x kick) at this law. */
  velocity(law: Measure, out: Float64Array): void;
  diagnostics(): Diagnostics;
}

/**
 * The same field serves particles, characteristics and the density, so that the three agree step by step. A
 * Stratonovich model's flow has no -h/2 C: an ODE along the increments is already the Stratonovich solution.
 */
export function frozenField(model: Model, n: number): FrozenField {
  const size = n * model.dimension;
  const field = model.plan(n);
  const term = new Float64Array(size);
  let interval: Interval;
  let kick: Float64Array | null;
  return {
    diagnostics: () => field.diagnostics?.() ?? {},
    start(given, noise) {
      interval = given;
      kick = noise;
      field.redraw?.(given.path, given.step);
    },
    velocity(law, out) {
      const { dt, dW, area } = interval;
      field.freeze(law);
      field.increment(dt, dW, out);
      if (model.calculus === "ito") {
        field.correction(term);
        for (let i = 0; i < size; i++) out[i] -= 0.5 * dt * term[i];
      }
      if (area) {
        field.bracket(area, term);
        for (let i = 0; i < size; i++) out[i] += term[i];
      }
      if (kick) {
        for (let i = 0; i < size; i++) out[i] += kick[i];
        if (model.manifold === "sphere") project(law.points, out, model.dimension);
      }
    },
  };
}
