import { multiply } from "../../../numerics/matrix.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/**
 * How the barycentres move when points and law move along delta:
 *
 *     sum_j p_ij delta_j + beta sum_j p_ij (y_j - m_i) (<A delta_i, y_j> + <A x_i, delta_j>).
 */
export function planTransportedDerivative(
  n: number,
  d: number,
  M: number,
  beta: number,
  softmax: SoftmaxLaw,
): (delta: Float64Array, out: Float64Array) => void {
  const { p, Ax, means, row } = softmax;
  const Adelta = new Float64Array(d);
  const sum = new Float64Array(d);
  return (delta, out) => {
    const { law, matrices } = softmax;
    const y = law.points;
    for (let t = 0; t < M * n; t++) {
      const atom = Math.floor(t / n);
      const i = t % n;
      const base = row(atom, i);
      const m = t * d;
      multiply(matrices[atom], delta, i * d, d, Adelta);
      sum.fill(0);
      for (let j = 0; j < n; j++) {
        const pij = p[base + j];
        let s = 0;
        for (let a = 0, o = j * d; a < d; a++) s += Adelta[a] * y[o + a] + Ax[a] * delta[o + a];
        s *= beta;
        for (let a = 0, o = j * d; a < d; a++) sum[a] += pij * (delta[o + a] + s * (y[o + a] - means[m + a]));
      }
      for (let a = 0; a < d; a++) out[m + a] = sum[a];
    }
  };
}
