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
  const { difference, home, freeze } = planDifference(field, options);
  const increment = field.increment.bind(field);
  const own = field.derivative?.bind(field);
  const sums = planSums(increment, own ?? difference, own ? () => undefined : home, options);
  return {
    ...field,
    freeze,
    increment,
    derivative:
      own ??
      ((dt, dW, along, out) => {
        difference(dt, dW, along, out);
        home();
      }),
    correction: field.correction?.bind(field) ?? sums.correction,
    bracket: field.bracket?.bind(field) ?? sums.bracket,
  };
}

/** The derivative by shifting every point by +-s along the direction; it leaves the field there until it is called home. */
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
  };

  return { freeze, difference, home: () => field.freeze(law) };
}

/** Numbers of directions that are kept at once. */
const KEPT = 2 ** 18;

/**
 * Correction and bracket channel by channel: sum_k nabla_{D_k} g_k with D_k = g_k, and with D_k = sum_j L_jk g_j. The
 * directions are taken before the ensemble is shifted, as many as there is room for.
 */
function planSums(
  increment: Field["increment"],
  derivative: Field["derivative"],
  home: () => void,
  { dimension: d, channels: K, count: n }: Differencing,
): Pick<Field, "correction" | "bracket"> {
  const directions = Array.from(
    { length: Math.max(1, Math.min(K, Math.floor(KEPT / (n * d)))) },
    () => new Float64Array(n * d),
  );
  const term = new Float64Array(n * d);
  const unit = new Float64Array(K);
  const column = new Float64Array(K);

  /** out = sum_k nabla_{D_k} g_k, D_k = sum_j column_j g_j with the column that is asked for. */
  const sum = (out: Float64Array, write: (k: number) => void): void => {
    out.fill(0);
    for (let first = 0; first < K; first += directions.length) {
      const end = Math.min(K, first + directions.length);
      for (let k = first; k < end; k++) {
        write(k);
        increment(0, column, directions[k - first]);
      }
      for (let k = first; k < end; k++) {
        unit.fill(0);
        unit[k] = 1;
        derivative(0, unit, directions[k - first], term);
        addTo(out, 1, term);
      }
      home();
    }
  };

  return {
    correction: (out) =>
      sum(out, (k) => {
        column.fill(0);
        column[k] = 1;
      }),
    bracket: (area, out) =>
      sum(out, (k) => {
        for (let j = 0; j < K; j++) column[j] = area[j * K + k];
      }),
  };
}
