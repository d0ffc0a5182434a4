import { multiply } from "../../../numerics/matrix.js";
import type { SoftmaxCovariance } from "./covariance.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/**
 * Entry a is sum_b of the derivative of m along D_ab, component b:
 *
 *     E[t + Q u] - sum_b m_b E[W_b u] + beta sum_b (Cov A D_ab,i)_b
 *
 * with t_a = sum_b D_ab,b, Q_ac = sum_b y_b D_ab,c and (W_b)_ac = D_ab,c.
 */
export function planTracedDerivative(
  n: number,
  d: number,
  beta: number,
  softmax: SoftmaxLaw,
  covariance: SoftmaxCovariance,
): (atom: number, directions: readonly Float64Array[], out: Float64Array) => void {
  const { means, tilts } = softmax;
  const axes = Array.from({ length: d }, (_, a) => a);
  // Functions t_a, Q_ac, W_abc; averages E[t_a + (Q u)_a] for every a, then E[sum_c W_abc u_c] at d + a d + b.
  const [Q, W, sources] = [d, d + d * d, d + d * d + d * d * d];
  const width = d + d * d;
  const traced = softmax.averages.combinations(sources, [
    ...axes.map((a) => [{ source: a }, ...axes.map((c) => ({ source: Q + a * d + c, along: c }))]),
    ...axes.flatMap((a) => axes.map((b) => axes.map((c) => ({ source: W + (a * d + b) * d + c, along: c })))),
  ]);
  const average = new Float64Array(n * width);
  const AD = new Float64Array(d);

  const load = (directions: readonly Float64Array[]): void => {
    const y = softmax.law.points;
    const f = traced.values;
    for (let j = 0; j < n; j++) {
      const o = j * sources;
      for (let a = 0; a < d; a++) {
        f[o + a] = 0;
        for (let c = 0; c < d; c++) f[o + Q + a * d + c] = 0;
        for (let b = 0; b < d; b++) {
          const D = directions[a * d + b];
          f[o + a] += D[j * d + b];
          for (let c = 0; c < d; c++) {
            f[o + Q + a * d + c] += y[j * d + b] * D[j * d + c];
            f[o + W + (a * d + b) * d + c] = D[j * d + c];
          }
        }
      }
    }
    traced.load();
  };

  return (atom, directions, out) => {
    const cov = covariance.matrices();
    load(directions);
    traced.average(tilts[atom], average);
    for (let i = 0; i < n; i++) {
      const v = (atom * n + i) * d;
      const E = i * width;
      for (let a = 0; a < d; a++) {
        let s = 0;
        for (let b = 0; b < d; b++) {
          multiply(softmax.matrices[atom], directions[a * d + b], i * d, d, AD);
          for (let c = 0; c < d; c++) s += cov[(v + b) * d + c] * AD[c];
        }
        s = average[E + a] + beta * s;
        for (let b = 0; b < d; b++) s -= means[v + b] * average[E + d + a * d + b];
        out[i * d + a] = s;
      }
    }
  };
}
