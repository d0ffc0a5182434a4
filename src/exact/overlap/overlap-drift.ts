import type { Measure } from "../../types.js";
import { frameCoordinates } from "./frame-coordinates.js";
import { frameScores, type ScoreLaw } from "./frame-scores.js";
import { tally } from "./tally.js";
import { tiltedMean } from "./tilted-mean.js";

/** Drift of the overlap R of two tokens, from s = <m(x), m(y)> and own = |m(x)|^2 + |m(y)|^2; sigma_V^2 = 1. */
export function driftRate(d: number, R: number, s: number, own: number): number {
  return (d - 2 + R * R) * s - 0.5 * (d - 1) * R * own;
}

/** Rate of the quadratic variation of R; sigma_V^2 = 1. */
export function variationRate(R: number, s: number, own: number): number {
  return (1 - R * R) * (own - 2 * R * s);
}

export interface OverlapRates {
  /** D_ij [n,n], drift of <x_i, x_j>; and its standard error. */
  readonly drift: Float64Array;
  readonly driftError: Float64Array;
  /** d<R_ij>/ds [n,n], rate of the quadratic variation of <x_i, x_j>; and its standard error. */
  readonly variation: Float64Array;
  readonly variationError: Float64Array;
  /** Drift of the mean overlap sum_ij w_i w_j <x_i, x_j>. */
  readonly meanDrift: number;
  readonly meanDriftError: number;
}

export interface OverlapDrift {
  readonly law: Measure;
  readonly beta: number;
  /** sigma_V; 1/sqrt(d) unless given. */
  readonly sigmaV?: number;
  readonly scores: ScoreLaw;
  /** Independent key matrices. */
  readonly samples: number;
  readonly seed: string;
}

/**
 * Drift and quadratic variation of all overlaps R = <x_i, x_j> on the diffusive clock, V with i.i.d. centred entries
 * integrated exactly and s(x,y) = E_A <m_A(x), m_A(y)> by Monte Carlo (arXiv:2604.01978):
 *
 *     D_ij = sigma_V^2 { (d-2+R^2) s_ij - (d-1)/2 R (s_ii + s_jj) },
 *     d<R_ij>/ds = sigma_V^2 (1-R^2) (s_ii + s_jj - 2 R s_ij).
 *
 * Standard errors are of the combinations, not of s.
 */
export function overlapDrift({ law, beta, sigmaV, scores, samples, seed }: OverlapDrift): OverlapRates {
  const { count: n, dimension: d, points, weights } = law;
  if (!(samples >= 2)) throw new RangeError(`samples: ${samples}, want at least two for an error`);
  if (scores.dimension !== d) {
    throw new RangeError(`scores: for heads in R^${scores.dimension}, the points are in R^${d}`);
  }
  const v2 = sigmaV === undefined ? 1 / d : sigmaV * sigmaV;
  const { C, r } = frameCoordinates(law);
  const draw = frameScores(scores, r, seed);
  const R = new Float64Array(n * n);
  gram(points, n, d, R);
  const M = new Float64Array(r * r);
  const m = new Float64Array(n * r);
  const s = new Float64Array(n * n);
  const barycentres = barycentresInFrame(C, weights, beta, r, m);
  const drift = tally(n * n);
  const variation = tally(n * n);
  const mean = tally(1);
  for (let sample = 0; sample < samples; sample++) {
    draw(sample, M);
    barycentres(M);
    gram(m, n, r, s);
    let average = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const e = i * n + j;
        const own = s[i * n + i] + s[j * n + j];
        // A token's overlap with itself stays one.
        const D = i === j ? 0 : v2 * driftRate(d, R[e], s[e], own);
        drift.add(e, D);
        variation.add(e, i === j ? 0 : v2 * variationRate(R[e], s[e], own));
        average += weights[i] * weights[j] * D;
      }
    }
    mean.add(0, average);
  }
  const [meanDrift, meanDriftError] = mean.result(samples);
  const [D, driftError] = drift.result(samples);
  const [rate, variationError] = variation.result(samples);
  return {
    drift: D,
    driftError,
    variation: rate,
    variationError,
    meanDrift: meanDrift[0],
    meanDriftError: meanDriftError[0],
  };
}

/** out[n,n] = the scalar products of the rows of x[n,d]. */
function gram(x: Float64Array, n: number, d: number, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let a = 0; a < d; a++) dot += x[i * d + a] * x[j * d + a];
      out[i * n + j] = dot;
    }
  }
}

/** Plans m[n,r] = the softmax averages of the rows of C[n,r] with scores beta C M C^T and weights w. */
function barycentresInFrame(
  C: Float64Array,
  weights: Float64Array,
  beta: number,
  r: number,
  m: Float64Array,
): (M: Float64Array) => void {
  const image = new Float64Array(r);
  const mean = tiltedMean({ rows: C, weights, width: r }, beta);
  const tokens = Array.from(weights, (_, i) => m.subarray(i * r, (i + 1) * r));
  return (M) =>
    tokens.forEach((token, i) => {
      image.fill(0);
      for (let k = 0; k < r; k++) for (let l = 0; l < r; l++) image[l] += C[i * r + k] * M[k * r + l];
      mean(image, token);
    });
}
