import { multiplyTransposed } from "../../../numerics/matrix.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/**
 * Entry a is sum_b of the derivative of m along P e_a m_b, component b:
 *
 *     sum_j p_ij P_j m_j + beta sum_j p_ij <y_j - m_i, m_j> P_j A x_i + beta A^T Cov_i m_i.
 *
 * Cov_i m_i is summed pair by pair, so nothing of size d^2 is formed.
 */
export function planSelfDerivative(
  n: number,
  d: number,
  beta: number,
  softmax: SoftmaxLaw,
): (atom: number, out: Float64Array) => void {
  const { p, Ax, means, row } = softmax;
  const sum = new Float64Array(d);
  const scratch = new Float64Array(d);
  const image = new Float64Array(d);
  return (atom, out) => {
    const { law, matrices } = softmax;
    const y = law.points;
    const start = atom * n * d;
    const covM = scratch;
    for (let i = 0; i < n; i++) {
      const base = row(atom, i);
      const mi = start + i * d;
      sum.fill(0);
      covM.fill(0);
      for (let j = 0; j < n; j++) {
        const pij = p[base + j];
        const o = j * d;
        const mj = start + o;
        let ymj = 0;
        let mij = 0;
        let yAx = 0;
        let yimi = 0;
        for (let a = 0; a < d; a++) {
          ymj += y[o + a] * means[mj + a];
          mij += means[mi + a] * means[mj + a];
          yAx += y[o + a] * Ax[a];
          yimi += (y[o + a] - means[mi + a]) * means[mi + a];
        }
        const s = beta * (ymj - mij);
        for (let a = 0; a < d; a++) {
          sum[a] += pij * (means[mj + a] - ymj * y[o + a] + s * (Ax[a] - yAx * y[o + a]));
          covM[a] += pij * (y[o + a] - means[mi + a]) * yimi;
        }
      }
      multiplyTransposed(matrices[atom], covM, d, image);
      for (let a = 0; a < d; a++) out[i * d + a] = sum[a] + beta * image[a];
    }
  };
}
