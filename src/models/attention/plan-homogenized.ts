import { addTo } from "../../numerics/add-to.js";
import { covariant } from "../../sphere/covariant.js";
import { project } from "../../sphere/project.js";
import type { Field } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { headFields } from "./head-fields.js";
import type { Head } from "../heads/head.js";
import { planSecondOrderDrift, type SecondOrder } from "./second-order-drift.js";

/** A rule that draws new heads every step (right in law only). It may overwrite the ones it gave before. */
export interface RedrawnHeads {
  /** M */
  readonly count: number;
  redraw(path: number, step: number): readonly Head[];
}

interface Plan extends Omit<SecondOrder, "fields" | "sampled"> {
  readonly heads: readonly Head[] | RedrawnHeads;
  readonly bary: Barycentres;
}

/**
 * Everything but the second-order drift is P_x of a linear combination of head fields, with coefficients linear in
 * (dt, dW): w_m dt + epsilon (sqrt(w_m) dW_m - w_m sum_j sqrt(w_j) dW_j); a centred law keeps only the middle term.
 */
export function planHomogenized(plan: Plan): Field {
  const { heads, weights, epsilon, centred, n, d, bary } = plan;
  const rule = "count" in heads ? heads : null;
  const M = weights.length;
  const size = n * d;
  const roots = weights.map((w) => epsilon * Math.sqrt(w));
  const fields = headFields("count" in heads ? heads.redraw(0, 0) : heads, n, d, bary);
  const secondOrder = planSecondOrderDrift({ ...plan, fields, sampled: rule !== null });
  const c = new Float64Array(M);
  const unit = new Float64Array(M);
  const column = new Float64Array(M);
  const quiet = new Float64Array(M);
  const U = new Float64Array(size);
  const shared = new Float64Array(size);
  const direction = new Float64Array(size);
  const term = new Float64Array(size);
  let x: Float64Array;

  const coefficients = (dt: number, dW: Float64Array): void => {
    if (epsilon === 0) {
      for (let m = 0; m < M; m++) c[m] = centred ? 0 : weights[m] * dt;
      return;
    }
    let s = 0;
    if (!centred) for (let m = 0; m < M; m++) s += roots[m] * dW[m];
    for (let m = 0; m < M; m++) c[m] = roots[m] * dW[m] + (centred ? 0 : weights[m] * (dt - s));
  };

  /** out = P_x sum_m c_m B_m */
  const combine = (dt: number, dW: Float64Array, out: Float64Array): void => {
    coefficients(dt, dW);
    fields.combine(c, out);
    project(x, out, d);
  };

  /** out = nabla_along of P_x sum_m k_m B_m. */
  const nabla = (k: Float64Array, along: Float64Array, out: Float64Array): void => {
    fields.combine(k, U);
    fields.derivative(k, along, out);
    covariant(x, U, along, d, out);
  };

  /** direction = D = sum_j column_j g_j; out += nabla_D of epsilon sqrt(w_k) P_x B_k, the own part of g_k. */
  const addOwnPart = (k: number, out: Float64Array): void => {
    combine(0, column, direction);
    unit.fill(0);
    unit[k] = roots[k];
    nabla(unit, direction, term);
    addTo(out, 1, term);
  };

  return {
    ...(rule && { redraw: (path: number, step: number) => fields.use(rule.redraw(path, step)) }),
    diagnostics: () => fields.diagnostics(),
    freeze(law) {
      x = law.points;
      (secondOrder ?? fields).freeze(law);
    },
    increment(dt, dW, out) {
      combine(dt, dW, out);
      if (dt === 0 || !secondOrder) return;
      secondOrder.increment(dt, quiet, term);
      addTo(out, 1, term);
    },
    derivative(dt, dW, along, out) {
      coefficients(dt, dW);
      nabla(c, along, out);
      if (dt === 0 || !secondOrder) return;
      secondOrder.derivative(dt, quiet, along, term);
      addTo(out, 1, term);
    },
    correction(out) {
      // C = sum_m nabla_{g_m} epsilon sqrt(w_m) P B_m: the mean's share is nabla along sum_m sqrt(w_m) g_m = 0.
      out.fill(0);
      if (epsilon === 0) return;
      for (let m = 0; m < M; m++) {
        column.fill(0);
        column[m] = 1;
        addOwnPart(m, out);
      }
    },
    bracket(area, out) {
      // D_k = sum_j L_jk g_j; the mean's share is nabla_D of P_x sum_j w_j B_j along D = sum_k epsilon sqrt(w_k) D_k.
      out.fill(0);
      if (epsilon === 0) return;
      shared.fill(0);
      for (let k = 0; k < M; k++) {
        for (let j = 0; j < M; j++) column[j] = area[j * M + k];
        addOwnPart(k, out);
        for (let i = 0; i < size; i++) shared[i] += roots[k] * direction[i];
      }
      if (centred) return;
      nabla(weights, shared, term);
      for (let i = 0; i < size; i++) out[i] -= term[i];
    },
  };
}
