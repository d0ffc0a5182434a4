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
  const { manifold, dimension: d, channels: K, count: n } = options;
  const epsilon = options.step ?? 1e-5;
  const shifted = new Float64Array(n * d);
  const plus = new Float64Array(n * d);
  const direction = new Float64Array(n * d);
  const term = new Float64Array(n * d);
  const unit = new Float64Array(K);
  const column = new Float64Array(K);
  let law: Measure;

  const freeze = (frozen: Measure): void => {
    law = frozen;
    field.freeze(frozen);
  };

  /** out = nabla_along (b dt + sum_k g_k dW_k) by shifting every point by +-s along the direction. */
  const difference = (dt: number, dW: Float64Array, along: Float64Array, out: Float64Array): void => {
    let largest = 0;
    for (const v of along) largest = Math.max(largest, Math.abs(v));
    if (largest === 0) {
      out.fill(0);
      return;
    }
    const s = epsilon / largest;
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

  const derivative = field.derivative?.bind(field) ?? difference;

  /** out = sum_k nabla_{u_k} g_k, u_k = sum_j coefficients(k)_j g_j. */
  const sumOfDerivatives = (coefficients: (k: number) => Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let k = 0; k < K; k++) {
      field.increment(0, coefficients(k), direction);
      unit.fill(0);
      unit[k] = 1;
      derivative(0, unit, direction, term);
      for (let i = 0; i < n * d; i++) out[i] += term[i];
    }
  };

  return {
    ...field,
    freeze,
    increment: field.increment.bind(field),
    derivative,
    correction:
      field.correction?.bind(field) ??
      ((out) =>
        sumOfDerivatives((k) => {
          column.fill(0);
          column[k] = 1;
          return column;
        }, out)),
    bracket:
      field.bracket?.bind(field) ??
      ((area, out) =>
        sumOfDerivatives((k) => {
          for (let j = 0; j < K; j++) column[j] = area[j * K + k];
          return column;
        }, out)),
  };
}
