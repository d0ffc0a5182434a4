import { square } from "../../numerics/square.js";
import type { Measure } from "../../types.js";

/** A law's projections on every direction, sorted, with the weights in that order. */
export interface SortedProjections {
  readonly values: readonly Float64Array[];
  readonly weights: readonly Float64Array[];
}

/**
 * The square of `slicedWasserstein` for many clouds of equal weights against one law: the law is sorted once, a cloud's
 * projections as plain numbers. `directions` is [k,d].
 */
export function slicedAgainst(
  directions: Float64Array,
  dimension: number,
): { sort(law: Measure): SortedProjections; square(cloud: Measure, limit: SortedProjections): number } {
  const count = directions.length / dimension;
  const project = ({ count: n, points }: Measure, k: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => {
      let s = 0;
      for (let a = 0; a < dimension; a++) s += points[i * dimension + a] * directions[k * dimension + a];
      return s;
    });
  return {
    sort(law) {
      const values: Float64Array[] = [];
      const weights: Float64Array[] = [];
      for (let k = 0; k < count; k++) {
        const along = project(law, k);
        const order = Uint32Array.from(along, (_, i) => i).sort((i, j) => along[i] - along[j]);
        values.push(Float64Array.from(order, (i) => along[i]));
        weights.push(Float64Array.from(order, (i) => law.weights[i]));
      }
      return { values, weights };
    },
    square(cloud, limit) {
      let total = 0;
      for (let k = 0; k < count; k++) {
        total += againstEqual(project(cloud, k).sort(), limit.values[k], limit.weights[k]);
      }
      return total / count;
    },
  };
}

/** The integral over (0, 1) of the squared difference of the quantile functions of x (equal weights) and y. */
function againstEqual(x: Float64Array, y: Float64Array, weights: Float64Array): number {
  const share = 1 / x.length;
  let total = 0;
  let i = 0;
  let left = share;
  for (let j = 0; j < y.length; j++) {
    let rest = weights[j];
    while (rest > 0) {
      // The last token takes what rounding leaves.
      const mass = i === x.length - 1 ? rest : Math.min(rest, left);
      total += mass * square(x[i] - y[j]);
      rest -= mass;
      left -= mass;
      if (left <= 0 && i < x.length - 1) {
        i++;
        left = share;
      }
    }
  }
  return total;
}
