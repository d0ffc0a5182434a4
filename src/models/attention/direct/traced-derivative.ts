import { multiply } from "../../../numerics/matrix.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/** Entry a is sum_b of the derivative of m along D_ab, component b; directions[a d + b] = D_ab. */
export function planTracedDerivative(
  n: number,
  d: number,
  beta: number,
  softmax: SoftmaxLaw,
): (atom: number, directions: readonly Float64Array[], out: Float64Array) => void {
  const { p, Ax, means, row } = softmax;
  const AD = new Float64Array(d);
  return (atom, directions, out) => {
    const { law, matrices } = softmax;
    const y = law.points;
    for (let i = 0; i < n; i++) {
      const base = row(atom, i);
      const m = (atom * n + i) * d;
      for (let a = 0; a < d; a++) {
        let total = 0;
        for (let b = 0; b < d; b++) {
          const D = directions[a * d + b];
          multiply(matrices[atom], D, i * d, d, AD);
          for (let j = 0; j < n; j++) {
            const o = j * d;
            let s = 0;
            for (let c = 0; c < d; c++) s += AD[c] * y[o + c] + Ax[c] * D[o + c];
            total += p[base + j] * (D[o + b] + beta * s * (y[o + b] - means[m + b]));
          }
        }
        out[i * d + a] = total;
      }
    }
  };
}
