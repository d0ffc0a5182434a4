import ndarray, { type NdArray } from "ndarray";

/** What is read off the evolution of a density: `fokkerPlanck` gives one. */
export interface DensityNow {
  readonly coefficients: Float64Array;
  readonly values: Float64Array;
}

/**
 * The harmonic coefficients of a density now, [size] in the order of its transform: a copy, which stays when the density
 * moves on. `fokkerPlanck`, `harmonicLaw` and, with its transform, `sphereMap` take it as it is.
 */
export function coefficientsOf({ coefficients }: Pick<DensityNow, "coefficients">): NdArray<Float64Array> {
  return ndarray(coefficients.slice(), [coefficients.length]);
}

/** The density at the nodes of its transform now, [count]: a copy. */
export function valuesOf({ values }: Pick<DensityNow, "values">): NdArray<Float64Array> {
  return ndarray(values.slice(), [values.length]);
}
