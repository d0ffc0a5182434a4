import type { Measure } from "../types.js";

/** sum_ij w_i w_j <x_i, x_j> = |xbar|^2, xbar = sum_i w_i x_i: one exactly when all mass sits at one point. */
export function meanOverlap(law: Measure): number {
  const { count, dimension, points, weights } = law;
  let total = 0;
  for (let a = 0; a < dimension; a++) {
    let mean = 0;
    for (let i = 0; i < count; i++) mean += weights[i] * points[i * dimension + a];
    total += mean * mean;
  }
  return total;
}
