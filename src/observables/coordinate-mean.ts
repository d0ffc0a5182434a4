import type { Measure, Observable } from "../types.js";

/** sum_i w_i x_i[a]: the mean of coordinate a (from 0). Throws a RangeError when there is no such coordinate. */
export function coordinateMean(a: number): Observable {
  return ({ count, dimension, points, weights }: Measure) => {
    if (!(Number.isInteger(a) && a >= 0 && a < dimension)) {
      throw new RangeError(`coordinate ${a}: the law has coordinates 0 to ${dimension - 1}`);
    }
    let sum = 0;
    for (let i = 0; i < count; i++) sum += weights[i] * points[i * dimension + a];
    return sum;
  };
}
