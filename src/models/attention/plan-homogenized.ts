import { covariant } from "../../sphere/covariant.js";
import { project } from "../../sphere/project.js";
import type { Field, Measure } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { addCorrector, addNormalLoss, type LayerStep } from "./corrector.js";
import { withDifferences } from "../differences.js";
import { headFields } from "./head-fields.js";
import type { Head } from "../heads/head.js";

interface Plan {
  readonly heads: readonly Head[];
  readonly weights: Float64Array;
  readonly epsilon: number;
  readonly centred: boolean;
  readonly corrector: number;
  readonly layerStep: LayerStep;
  readonly n: number;
  readonly d: number;
  readonly bary: Barycentres;
}

/**
 * Everything but the second-order drift is P_x of a linear combination of head fields, with coefficients linear in
 * (dt, dW): w_m dt + epsilon (sqrt(w_m) dW_m - w_m sum_j sqrt(w_j) dW_j); a centred law keeps only the middle term.
 */
export function planHomogenized(plan: Plan): Field {
  const { heads, weights, epsilon, centred, corrector, layerStep, n, d, bary } = plan;
  const M = heads.length;
  const size = n * d;
  const roots = weights.map((w) => epsilon * Math.sqrt(w));
  const fields = headFields(heads, n, d, bary);
  const c = new Float64Array(M);
  const unit = new Float64Array(M);
  const column = new Float64Array(M);
  const quiet = new Float64Array(M);
  const U = new Float64Array(size);
  const b = new Float64Array(size);
  const moved = new Float64Array(size);
  const mean = new Float64Array(size);
  const secondOrder = new Float64Array(size);
  const direction = new Float64Array(size);
  const total = new Float64Array(size);
  const corrected = !centred && corrector > 0;
  const loses = layerStep === "ambient" && epsilon > 0;
  let x: Float64Array;
  let known = false;

  const coefficients = (dt: number, dW: Float64Array): void => {
    let s = 0;
    if (!centred) for (let m = 0; m < M; m++) s += roots[m] * dW[m];
    for (let m = 0; m < M; m++) c[m] = roots[m] * dW[m] + (centred ? 0 : weights[m] * (dt - s));
  };

  const freeze = (law: Measure): void => {
    x = law.points;
    known = false;
    fields.freeze(law);
  };

  /** out = nabla_along of P_x sum_m k_m B_m. */
  const nabla = (k: Float64Array, along: Float64Array, out: Float64Array): void => {
    fields.combine(k, U);
    fields.derivative(k, along, out);
    covariant(x, U, along, d, out);
  };

  /** The corrector and what ambient layers lose to the normalization, once a freeze. */
  const drift2 = (): Float64Array => {
    if (known) return secondOrder;
    secondOrder.fill(0);
    if (centred) mean.fill(0);
    else fields.combine(weights, mean);
    if (corrected) {
      b.set(mean);
      project(x, b, d);
      fields.derivative(weights, b, moved);
      addCorrector(layerStep, corrector, x, mean, b, moved, d, secondOrder);
    }
    for (let m = 0; loses && m < M; m++) {
      unit.fill(0);
      unit[m] = 1;
      fields.combine(unit, U);
      for (let i = 0; i < size; i++) U[i] -= mean[i];
      addNormalLoss(epsilon * epsilon * weights[m], x, U, d, secondOrder);
    }
    known = true;
    return secondOrder;
  };

  const increment = (dt: number, dW: Float64Array, out: Float64Array): void => {
    coefficients(dt, dW);
    fields.combine(c, out);
    project(x, out, d);
    if (dt === 0 || !(corrected || loses)) return;
    const extra = drift2();
    for (let i = 0; i < size; i++) out[i] += dt * extra[i];
  };

  // The second-order drift has no simple derivative of its own; only schemes that differentiate the drift ask for it.
  const extraField = withDifferences(
    {
      freeze,
      increment(dt, _dW, out) {
        const extra = drift2();
        for (let i = 0; i < size; i++) out[i] = dt * extra[i];
      },
    },
    { manifold: "sphere", dimension: d, channels: 0, count: n },
  );

  return {
    freeze: (law) => extraField.freeze(law),
    increment,
    derivative(dt, dW, along, out) {
      coefficients(dt, dW);
      nabla(c, along, out);
      if (dt === 0 || !(corrected || loses)) return;
      extraField.derivative(dt, quiet, along, total);
      for (let i = 0; i < size; i++) out[i] += total[i];
    },
    correction(out) {
      // C = sum_m nabla_{g_m} epsilon sqrt(w_m) P B_m: the mean's share is nabla along sum_m sqrt(w_m) g_m = 0.
      out.fill(0);
      for (let m = 0; m < M; m++) {
        column.fill(0);
        column[m] = 1;
        increment(0, column, direction);
        unit.fill(0);
        unit[m] = roots[m];
        nabla(unit, direction, total);
        for (let i = 0; i < size; i++) out[i] += total[i];
      }
    },
    bracket(area, out) {
      // D_k = sum_j L_jk g_j; the mean's share is nabla_D of P_x sum_j w_j B_j along D = sum_k epsilon sqrt(w_k) D_k.
      out.fill(0);
      b.fill(0);
      for (let k = 0; k < M; k++) {
        for (let j = 0; j < M; j++) column[j] = area[j * M + k];
        increment(0, column, direction);
        unit.fill(0);
        unit[k] = roots[k];
        nabla(unit, direction, total);
        for (let i = 0; i < size; i++) {
          out[i] += total[i];
          b[i] += roots[k] * direction[i];
        }
      }
      if (centred) return;
      nabla(weights, b, total);
      for (let i = 0; i < size; i++) out[i] -= total[i];
    },
  };
}
