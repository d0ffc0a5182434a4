import ndarray, { type NdArray } from "ndarray";
import ops from "ndarray-ops";
import { requireSameShape } from "./same-shape.js";

/** a - b, a new array of their shape. Throws a RangeError when the shapes differ. */
export function differenceOf(a: NdArray, b: NdArray): NdArray<Float64Array> {
  requireSameShape("differenceOf", b, a.shape);
  const out = ndarray(new Float64Array(a.size), [...a.shape]);
  ops.sub(out, a, b);
  return out;
}

/** The root of the sum of the squares of all entries. */
export function normOf(array: NdArray): number {
  return ops.norm2(array);
}

/**
 * The root mean square over rows of the Euclidean distance of a row of a from the same row of b: what `studyStrong`
 * calls the error of points [n,d]. Rows run along the first axis. Throws a RangeError when the shapes differ.
 */
export function distanceOf(a: NdArray, b: NdArray): number {
  return normOf(differenceOf(a, b)) / Math.sqrt(a.shape[0] ?? 1);
}
