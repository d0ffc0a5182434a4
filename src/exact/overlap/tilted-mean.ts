import { exp } from "../../numerics/exp.js";

/** Rows of numbers with weights: tokens, in the ambient coordinates or in those of a frame. */
export interface WeightedRows {
  /** [n,d] */
  readonly rows: Float64Array;
  /** [n] */
  readonly weights: Float64Array;
  /** d */
  readonly width: number;
}

/** Plans out[d] = the mean of the rows y under the weights w exp(beta <u, y>), the barycentre that softmax takes for u = Ax. */
export function tiltedMean(
  { rows, weights, width: d }: WeightedRows,
  beta: number,
): (u: Float64Array, out: Float64Array) => void {
  const n = weights.length;
  const p = new Float64Array(n);
  return (u, out) => {
    let largest = -Infinity;
    for (let j = 0; j < n; j++) {
      let score = 0;
      for (let a = 0; a < d; a++) score += u[a] * rows[j * d + a];
      p[j] = beta * score;
      largest = Math.max(largest, p[j]);
    }
    let Z = 0;
    for (let j = 0; j < n; j++) Z += p[j] = weights[j] * exp(p[j] - largest);
    out.fill(0);
    for (let j = 0; j < n; j++) {
      for (let a = 0; a < d; a++) out[a] += (p[j] / Z) * rows[j * d + a];
    }
  };
}
