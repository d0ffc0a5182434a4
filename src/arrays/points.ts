import ndarray, { type NdArray } from "ndarray";
import type { Measure } from "../types.js";

/** The points as an ndarray [n,d], sharing memory: writing to it moves the points. */
export function pointsOf(law: Measure): NdArray<Float64Array> {
  return ndarray(law.points, [law.count, law.dimension]);
}

/** The weights as an ndarray [n], sharing memory. */
export function weightsOf(law: Measure): NdArray<Float64Array> {
  return ndarray(law.weights, [law.count]);
}
