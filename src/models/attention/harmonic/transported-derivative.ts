import { multiply } from "../../../numerics/matrix.js";
import type { SoftmaxCovariance } from "./covariance.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/**
 * How the barycentres move when points and law move along delta, in three parts: the law's points carry their own
 * displacement, their weights change with <u, delta>, and the tilt moves with x_i:
 *
 *     E[delta + y <u, delta>] - m E[<u, delta>] + beta Cov A delta_i.
 */
export function planTransportedDerivative(
  n: number,
  d: number,
  M: number,
  beta: number,
  softmax: SoftmaxLaw,
  covariance: SoftmaxCovariance,
): (delta: Float64Array, out: Float64Array) => void {
  const { means, tilts } = softmax;
  const axes = Array.from({ length: d }, (_, a) => a);
  // Functions delta_b, then y_b delta_a; averages E[delta_b + y_b <u, delta>] for every b, then E[<u, delta>].
  const first = d;
  const sources = d + d * d;
  const transported = softmax.averages.combinations(sources, [
    ...axes.map((b) => [{ source: b }, ...axes.map((a) => ({ source: first + b * d + a, along: a }))]),
    axes.map((a) => ({ source: a, along: a })),
  ]);
  const average = new Float64Array(n * (d + 1));
  const Adelta = new Float64Array(d);

  const load = (delta: Float64Array): void => {
    const y = softmax.law.points;
    const f = transported.values;
    for (let j = 0; j < n; j++) {
      const o = j * sources;
      for (let b = 0; b < d; b++) {
        f[o + b] = delta[j * d + b];
        for (let a = 0; a < d; a++) f[o + first + b * d + a] = y[j * d + b] * delta[j * d + a];
      }
    }
    transported.load();
  };

  return (delta, out) => {
    const cov = covariance.matrices();
    load(delta);
    for (let m = 0; m < M; m++) {
      transported.average(tilts[m], average);
      for (let i = 0; i < n; i++) {
        const v = (m * n + i) * d;
        const E = i * (d + 1);
        multiply(softmax.matrices[m], delta, i * d, d, Adelta);
        for (let a = 0; a < d; a++) {
          let s = 0;
          for (let b = 0; b < d; b++) s += cov[(v + a) * d + b] * Adelta[b];
          out[v + a] = average[E + a] - means[v + a] * average[E + d] + beta * s;
        }
      }
    }
  };
}
