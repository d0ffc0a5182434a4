import type { Measure } from "../types.js";

/** sum_i w_i |x_i|^2; one on the sphere. */
export function secondMoment({ count, dimension, points, weights }: Measure): number {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    for (let a = i * dimension; a < (i + 1) * dimension; a++) sum += weights[i] * points[a] * points[a];
  }
  return sum;
}
