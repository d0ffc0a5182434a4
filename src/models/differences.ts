import { addTo } from "../numerics/add-to.js";
import { retract } from "../sphere/retract.js";
import { project } from "../sphere/project.js";
import type { Field, Manifold, Measure } from "../types.js";

/** What a model must provide; everything else can be differenced. */
export type PartialField = Pick<Field, "freeze" | "increment"> & Partial<Field>;

export interface Differencing {
  readonly manifold: Manifold;
  readonly dimension: number;
  readonly channels: number;
  /** n */
  readonly count: number;
  /** Largest displacement of a coordinate in a difference; 1e-5 unless given. */
  readonly step?: number;
}

/**
 * Completes a field by symmetric differences. A derivative shifts the *whole ensemble* along the direction, law and
 * points together: freezing the law would silently lose the strong order of every scheme that uses it
 * (arXiv:2604.01978 has law-dependent fields). On the sphere the covariant derivative is the tangent part of the
 * ambient one. Error O(step^2) times third derivatives plus rounding / step; the default step 1e-5 balances both.
 */
export function withDifferences(field: PartialField, options: Differencing): Field {
  const { freeze, difference } = planDifference(field, options);
  const derivative = field.derivative?.bind(field) ?? difference;
  const { correction, bracket } = planSums(field.increment.bind(field), derivative, options);
  return {
    ...field,
    freeze,
    increment: field.increment.bind(field),
    derivative,
    correction: field.correction?.bind(field) ?? correction,
    bracket: field.bracket?.bind(field) ?? bracket,
  };
}

/** The derivative by shifting every point by +-s along the direction. Freezes the field again at the law it is at. */
function planDifference(
  field: PartialField,
  { manifold, dimension: d, count: n, step = 1e-5 }: Differencing,
) {
  const shifted = new Float64Array(n * d);
  const plus = new Float64Array(n * d);
  let law: Measure;

  const freeze: Field["freeze"] = (frozen) => {
    law = frozen;
    field.freeze(frozen);
  };

  const difference: Field["derivative"] = (dt, dW, along, out) => {
    let largest = 0;
    for (const v of along) largest = Math.max(largest, Math.abs(v));
    if (largest === 0) {
      out.fill(0);
      return;
    }
    const s = step / largest;
    const at = { ...law, points: shifted };
    retract(manifold, law.points, s, along, d, shifted);
    field.freeze(at);
    field.increment(dt, dW, plus);
    retract(manifold, law.points, -s, along, d, shifted);
    field.freeze(at);
    field.increment(dt, dW, out);
    for (let i = 0; i < n * d; i++) out[i] = (plus[i] - out[i]) / (2 * s);
    if (manifold === "sphere") project(law.points, out, d);
    field.freeze(law);
  };

  return { freeze, difference };
}

/** Correction and bracket channel by channel: sum_k nabla_{D_k} g_k with D_k = g_k, and with D_k = sum_j L_jk g_j. */
function planSums(
  increment: Field["increment"],
  derivative: Field["derivative"],
  { dimension: d, channels: K, count: n }: Differencing,
): Pick<Field, "correction" | "bracket"> {
  const direction = new Float64Array(n * d);
  const term = new Float64Array(n * d);
  const unit = new Float64Array(K);
  const column = new Float64Array(K);

  /** out += nabla_D g_k with D = sum_j column_j g_j. */
  const addDerivative = (k: number, out: Float64Array): void => {
    increment(0, column, direction);
    unit.fill(0);
    unit[k] = 1;
    derivative(0, unit, direction, term);
    addTo(out, 1, term);
  };

  return {
    correction(out) {
      out.fill(0);
      for (let k = 0; k < K; k++) {
        column.fill(0);
        column[k] = 1;
        addDerivative(k, out);
      }
    },
    bracket(area, out) {
      out.fill(0);
      for (let k = 0; k < K; k++) {
        for (let j = 0; j < K; j++) column[j] = area[j * K + k];
        addDerivative(k, out);
      }
    },
  };
}
