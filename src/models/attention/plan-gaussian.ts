import { addTo } from "../../numerics/add-to.js";
import { covariant } from "../../sphere/covariant.js";
import { project } from "../../sphere/project.js";
import type { Field } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { planCombinations } from "./combinations.js";
import { planBracket } from "./gaussian-bracket.js";

/** A rule that draws new key matrices every step (right in law only). */
export interface RedrawnAtoms {
  /** M */
  readonly count: number;
  redraw(path: number, step: number): readonly Float64Array[];
}

/** The fields g_k of Gaussian heads at n points; scales[m] = sigma_V sqrt(w_m). */
export function planGaussian(
  n: number,
  d: number,
  M: number,
  scales: Float64Array,
  atoms: readonly Float64Array[] | RedrawnAtoms,
  bary: Barycentres,
): Field {
  const U = new Float64Array(n * d);
  const moved = new Float64Array(n * d);
  const { combine, derivative } = planCombinations(n, d, M, bary);
  let matrices: readonly Float64Array[] = "count" in atoms ? [] : atoms;
  let x: Float64Array;
  // Only the Lévy area needs the d^2 fields of the bracket; they are made the first time it is used.
  let bracket: ReturnType<typeof planBracket> | undefined;

  return {
    ...("count" in atoms && {
      redraw(path: number, step: number) {
        matrices = atoms.redraw(path, step);
      },
    }),
    diagnostics: () => bary.diagnostics(),
    freeze(law) {
      x = law.points;
      bary.freeze(law, matrices);
    },
    increment(_dt, dW, out) {
      combine(scales, dW, out);
      project(x, out, d);
    },
    derivative(_dt, dW, along, out) {
      combine(scales, dW, U);
      derivative(along, scales, dW, out);
      covariant(x, U, along, d, out);
    },
    correction(out) {
      out.fill(0);
      for (let m = 0; m < M; m++) {
        bary.selfDerivative(m, moved);
        addTo(out, scales[m] * scales[m], moved);
      }
      project(x, out, d);
    },
    bracket(area, out) {
      bracket ??= planBracket(n, d, M, scales, bary);
      bracket(x, area, out);
    },
  };
}
