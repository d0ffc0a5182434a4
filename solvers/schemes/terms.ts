import { addTo } from "../../src/numerics/add-to.js";
import { project } from "../../src/sphere/project.js";
import type { Calculus, Field, Model } from "../../src/types.js";

/** What a step adds to b h + F at a frozen law, each term written once. `out` is [n,d]. */
export interface StepTerms {
  /** The sign of the shift; zero where there is none. */
  readonly sign: 1 | 0 | -1;
  /** out += ± h/2 C where the model's calculus is not that of the step. */
  shift(dt: number, out: Float64Array): void;
  /** out += sum_jk L_jk nabla_{g_j} g_k; nothing without an area. */
  bracket(area: Float64Array | null, out: Float64Array): void;
  /** out += kick, made tangent at points [n,d]; nothing without a kick. */
  kick(kick: Float64Array | null, points: Float64Array, out: Float64Array): void;
}

/**
 * The terms of a step that by itself converges in the sense of `calculus`: the increment of an Euler step is Itô's; the
 * increment with 1/2 nabla_F F, or a flow along it, is Stratonovich's. A model of the other calculus is stepped with the
 * drift that makes up for it, b + C/2 in the first case and b - C/2 in the second.
 */
export function planTerms(model: Model, field: Field, n: number, calculus: Calculus): StepTerms {
  const { manifold, dimension: d } = model;
  const sign = model.calculus === calculus ? 0 : calculus === "ito" ? 1 : -1;
  const term = new Float64Array(n * d);
  return {
    sign,
    shift(dt, out) {
      if (sign === 0) return;
      field.correction(term);
      addTo(out, 0.5 * sign * dt, term);
    },
    bracket(area, out) {
      if (!area) return;
      field.bracket(area, term);
      addTo(out, 1, term);
    },
    kick(kick, points, out) {
      if (!kick) return;
      addTo(out, 1, kick);
      if (manifold === "sphere") project(points, out, d);
    },
  };
}
