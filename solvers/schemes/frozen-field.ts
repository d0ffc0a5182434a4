import type { Diagnostics, Interval, Measure, Model } from "../../src/types.js";
import { planTerms } from "./terms.js";

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
  const field = model.plan(n);
  const terms = planTerms(model, field, n, "stratonovich");
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
      terms.shift(dt, out);
      terms.bracket(area, out);
      terms.kick(kick, law.points, out);
    },
  };
}
