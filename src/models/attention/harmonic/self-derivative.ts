import { multiplyTransposed } from "../../../numerics/matrix.js";
import type { SoftmaxCovariance } from "./covariance.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/**
 * Entry a is sum_b of the derivative of m along P e_a m_b, component b: with s = <y, m(y)> and P = P_y,
 *
 *     E[P m(y) + s P u] - sum_c m_c E[m_c(y) P u] + beta A^T Cov m.
 */
export function planSelfDerivative(
  n: number,
  d: number,
  beta: number,
  softmax: SoftmaxLaw,
  covariance: SoftmaxCovariance,
): (atom: number, out: Float64Array) => void {
  const { means, tilts } = softmax;
  const axes = Array.from({ length: d }, (_, a) => a);
  // Functions (P m)_a, s, m_c; averages E[(P m)_a + s (P u)_a] for every a, then E[m_c (P u)_a] at d + c d + a.
  const [overlap, first, sources] = [d, d + 1, 2 * d + 1];
  const width = d + d * d;
  const correcting = softmax.averages.combinations(sources, [
    ...axes.map((a) => [{ source: a }, { source: overlap, along: a }]),
    ...axes.flatMap((c) => axes.map((a) => [{ source: first + c, along: a }])),
  ]);
  const average = new Float64Array(n * width);
  const covM = new Float64Array(d);
  const image = new Float64Array(d);

  /** `start` is where the barycentres of the matrix at hand start among all. */
  const load = (start: number): void => {
    const y = softmax.law.points;
    const f = correcting.values;
    for (let j = 0; j < n; j++) {
      const o = j * sources;
      let s = 0;
      for (let a = 0; a < d; a++) s += y[j * d + a] * means[start + j * d + a];
      f[o + overlap] = s;
      for (let a = 0; a < d; a++) {
        const m = means[start + j * d + a];
        f[o + a] = m - s * y[j * d + a];
        f[o + first + a] = m;
      }
    }
    correcting.load();
  };

  return (atom, out) => {
    const cov = covariance.matrices();
    const start = atom * n * d;
    load(start);
    correcting.average(tilts[atom], average);
    for (let i = 0; i < n; i++) {
      const v = start + i * d;
      const E = i * width;
      for (let a = 0; a < d; a++) {
        covM[a] = 0;
        for (let b = 0; b < d; b++) covM[a] += cov[(v + a) * d + b] * means[v + b];
      }
      multiplyTransposed(softmax.matrices[atom], covM, d, image);
      for (let a = 0; a < d; a++) {
        let s = average[E + a] + beta * image[a];
        for (let c = 0; c < d; c++) s -= means[v + c] * average[E + d + c * d + a];
        out[i * d + a] = s;
      }
    }
  };
}
