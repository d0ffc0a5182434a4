import {
  isShaped,
  matrixOf,
  numbersOf,
  requireShape,
  rowsOf,
  type NumbersLike,
  type RowsLike,
} from "../numerics/rows.js";
import type { Measure } from "../types.js";

/** Points as a user holds them: rows of numbers, or an ndarray of shape [n,d]. */
export type PointsLike = RowsLike;

/** Row-major copy of `points`, with its shape. Throws on ragged or empty rows and on numbers that are not finite. */
export function flatten(points: PointsLike): { data: Float64Array; count: number; dimension: number } {
  const rows = rowsOf("points", points);
  const count = rows.length;
  const dimension = rows[0]?.length ?? 0;
  if (!(count > 0) || !(dimension > 0))
    throw new RangeError("points: want at least one row of at least one number");
  return { data: matrixOf("points", rows, count, dimension), count, dimension };
}

/**
 * A measure from points [n,d] and weights [n] (default 1/n each). Copies both.
 * Throws a RangeError when the weights do not match the points, are negative, or do not sum to one within 1e-9.
 */
export function measure(points: PointsLike, weights?: NumbersLike): Measure {
  const { data, count, dimension } = flatten(points);
  const w = new Float64Array(count).fill(1 / count);
  if (weights) {
    if (isShaped(weights)) requireShape("weights", weights.shape, [count]);
    const given = numbersOf(weights);
    if (given.length !== count) throw new RangeError(`weights: ${given.length} of them for ${count} points`);
    w.set(given);
    const bad = w.findIndex((v) => !(v >= 0));
    if (bad >= 0) throw new RangeError(`weights[${bad}]: is ${w[bad]}, want zero or more`);
    const sum = w.reduce((s, v) => s + v, 0);
    if (!(Math.abs(sum - 1) < 1e-9)) throw new RangeError(`weights: sum to ${sum}, want 1`);
  }
  return { count, dimension, points: data, weights: w };
}

/** A measure around existing arrays, without copying. `points` is [n,d]; equal weights unless given. */
export function wrap(points: Float64Array, dimension: number, weights?: Float64Array): Measure {
  const count = points.length / dimension;
  return { count, dimension, points, weights: weights ?? new Float64Array(count).fill(1 / count) };
}

/** A deep copy. */
export function copyMeasure(law: Measure): Measure {
  return { ...law, points: law.points.slice(), weights: law.weights.slice() };
}
