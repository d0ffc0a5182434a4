import type { Measure } from "../types.js";

/** out[d] = sum_i w_i x_i, the mean of a law; of a model on S^2 `statistic: { size: 3, of: meanOf }`. */
export function meanOf({ count, dimension: d, points, weights }: Measure, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < count; i++) for (let a = 0; a < d; a++) out[a] += weights[i] * points[i * d + a];
}
