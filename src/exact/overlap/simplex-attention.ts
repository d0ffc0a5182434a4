import { exp } from "../../numerics/exp.js";
import { frameScores, type ScoreLaw } from "./frame-scores.js";
import { tally } from "./tally.js";

export interface SimplexAttention {
  /** n tokens, all overlaps gamma in [-1/(n-1), 1]. */
  readonly tokens: number;
  readonly scores: ScoreLaw;
  readonly beta: number;
  /** Independent key matrices; the same ones at every gamma. */
  readonly samples: number;
  readonly seed: string;
}

/** f = E sum_k pi_ik^2 and g = E sum_k pi_ik pi_jk over samples first to last. */
export interface SimplexEnsemble {
  readonly samples: number;
  /** Writes [f, g] of the samples from..to-1. */
  moments(gamma: number, from: number, to: number, out: Float64Array): void;
}

/**
 * Attention of n tokens on a simplex. With Gram matrix (1-gamma) I + gamma J and its symmetric root a I + (b-a) J/n,
 * a = sqrt(1-gamma), b = sqrt(1+(n-1)gamma), the scores are a^2 M_ij + a (b-a)/n sum_k M_kj plus terms constant along a
 * row, which softmax does not see. The frame's matrices M are drawn once, so f and g are smooth functions of gamma.
 * Every token (pair) of a sample is averaged over: they are exchangeable. Memory: samples n^2 numbers.
 */
export function simplexAttention(options: SimplexAttention): SimplexEnsemble {
  const { tokens: n, beta, samples } = options;
  if (!(Number.isInteger(n) && n >= 2)) throw new RangeError(`tokens: ${n}, want at least two`);
  const draw = frameScores(options.scores, n, options.seed);
  const matrices = Array.from({ length: samples }, (_, sample) => {
    const M = new Float64Array(n * n);
    draw(sample, M);
    for (let e = 0; e < n * n; e++) M[e] *= beta;
    return M;
  });
  const columns = matrices.map((M) => {
    const sums = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sums[j] += M[i * n + j];
    return sums;
  });
  const row = new Float64Array(n);
  const received = new Float64Array(n);
  return {
    samples,
    moments(gamma, from, to, out) {
      const a2 = Math.max(0, 1 - gamma);
      const a = Math.sqrt(a2);
      const common = (a * (Math.sqrt(Math.max(0, 1 + (n - 1) * gamma)) - a)) / n;
      let f = 0;
      let g = 0;
      for (let sample = from; sample < to; sample++) {
        const M = matrices[sample];
        const column = columns[sample];
        received.fill(0);
        let own = 0;
        for (let i = 0; i < n; i++) {
          let largest = -Infinity;
          for (let j = 0; j < n; j++) {
            row[j] = a2 * M[i * n + j] + common * column[j];
            if (row[j] > largest) largest = row[j];
          }
          let Z = 0;
          let squares = 0;
          for (let j = 0; j < n; j++) {
            const p = exp(row[j] - largest);
            row[j] = p;
            Z += p;
            squares += p * p;
          }
          own += squares / (Z * Z);
          for (let j = 0; j < n; j++) received[j] += row[j] / Z;
        }
        let both = 0;
        for (let j = 0; j < n; j++) both += received[j] * received[j];
        f += own / n;
        g += (both - own) / (n * (n - 1));
      }
      out[0] = f / (to - from);
      out[1] = g / (to - from);
    },
  };
}

/** f and g at one gamma, with standard errors over the samples. */
export function simplexMoments(
  ensemble: SimplexEnsemble,
  gamma: number,
): { f: number; g: number; fError: number; gError: number } {
  const { samples } = ensemble;
  const out = new Float64Array(2);
  const both = tally(2);
  for (let sample = 0; sample < samples; sample++) {
    ensemble.moments(gamma, sample, sample + 1, out);
    both.add(0, out[0]);
    both.add(1, out[1]);
  }
  const [[f, g], [fError, gError]] = both.result(samples);
  return { f, g, fError, gError };
}
