import ndarray, { type NdArray } from "ndarray";
import type { Measure } from "../types.js";

/** Points as a user holds them: rows of numbers, or an ndarray of shape [n,d]. */
export type PointsLike = readonly (readonly number[])[] | NdArray<Float64Array> | NdArray<number[]>;

/** Row-major copy of `points`, with its shape. Throws on ragged or empty rows and on numbers that are not finite. */
export function flatten(points: PointsLike): { data: Float64Array; count: number; dimension: number } {
  const [count, dimension, at] =
    "shape" in points
      ? ([points.shape[0], points.shape[1], (i: number, a: number) => points.get(i, a)] as const)
      : ([points.length, points[0]?.length ?? 0, (i: number, a: number) => points[i][a]] as const);
  if (!(count > 0) || !(dimension > 0))
    throw new RangeError("points: want at least one row of at least one number");
  const data = new Float64Array(count * dimension);
  for (let i = 0; i < count; i++) {
    if (!("shape" in points) && points[i].length !== dimension) {
      throw new RangeError(`points[${i}]: has ${points[i].length} numbers where points[0] has ${dimension}`);
    }
    for (let a = 0; a < dimension; a++) {
      const value = at(i, a);
      if (!Number.isFinite(value))
        throw new RangeError(`points[${i}][${a}]: ${value} is not a finite number`);
      data[i * dimension + a] = value;
    }
  }
  return { data, count, dimension };
}

/**
 * A measure from points [n,d] and weights [n] (default 1/n each). Copies both.
 * Throws a RangeError when the weights do not match the points or do not sum to one within 1e-9.
 */
export function measure(points: PointsLike, weights?: ArrayLike<number>): Measure {
  const { data, count, dimension } = flatten(points);
  const w = new Float64Array(count).fill(1 / count);
  if (weights) {
    if (weights.length !== count)
      throw new RangeError(`weights: ${weights.length} of them for ${count} points`);
    w.set(weights);
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

/** The points as an ndarray [n,d], sharing memory. */
export function pointsOf(law: Measure): NdArray<Float64Array> {
  return ndarray(law.points, [law.count, law.dimension]);
}

/** The weights as an ndarray [n], sharing memory. */
export function weightsOf(law: Measure): NdArray<Float64Array> {
  return ndarray(law.weights, [law.count]);
}

/** A deep copy. */
export function copyMeasure(law: Measure): Measure {
  return { ...law, points: law.points.slice(), weights: law.weights.slice() };
}
