import { stream } from "../../noise/stream.js";

/** The law of the scores <A x, y> of a rotation-invariant random A, seen by a few tokens only. */
export interface ScoreLaw {
  /** d; Infinity is the limit at fixed deviation, where the scores are Gaussian whatever the factors. */
  readonly dimension: number;
  /** A = sigma^2 W W'^T or A = sigma W, Gaussian. */
  readonly factors: 1 | 2;
  /** Standard deviation of <A x, y> for unit x, y: sigma_A^2 sqrt(d) for two factors, sigma_A for one. */
  readonly deviation: number;
}

/** The scores of heads with A = W W'^T (or W), entries N(0, sigmaA^2). */
export function gaussianScores(dimension: number, sigmaA: number, factors: 1 | 2 = 2): ScoreLaw {
  return { dimension, factors, deviation: factors === 2 ? sigmaA * sigmaA * Math.sqrt(dimension) : sigmaA };
}

/**
 * Draws M[r,r] with entries <A e_k, e_l> for an orthonormal frame of r vectors, so that the scores of tokens with
 * coordinates C[n,r] (C C^T their Gram matrix) are C M C^T: n tokens cost O(r^2) random numbers however large d is. For
 * two factors M = Z Z'^T with Gaussian Z, Z' [r,d] equals L N in law, Z = L Q with L lower triangular (Bartlett 1933: chi
 * variables with d, d-1, … degrees of freedom on the diagonal, normals below) and N [r', r] Gaussian, r' = min(r, d).
 */
export function frameScores(
  { dimension: d, factors, deviation }: ScoreLaw,
  r: number,
  seed: string,
): (sample: number, out: Float64Array) => void {
  const source = stream(seed, "scores");
  if (factors === 1 || d === Infinity) {
    return (sample, out) => {
      source.normals(0, sample, out);
      for (let e = 0; e < r * r; e++) out[e] *= deviation;
    };
  }
  const rank = Math.min(r, d);
  const scale = deviation / Math.sqrt(d);
  const N = new Float64Array(rank * r);
  const L = new Float64Array(r * rank);
  const squares = new Float64Array((rank * (2 * d - rank + 1)) / 2);
  return (sample, out) => {
    source.normals(0, sample, N);
    source.normals(1, sample, L);
    source.normals(2, sample, squares);
    let from = 0;
    for (let k = 0; k < rank; k++) {
      let chi2 = 0;
      for (const end = from + d - k; from < end; from++) chi2 += squares[from] * squares[from];
      L[k * rank + k] = Math.sqrt(chi2);
    }
    for (let k = 0; k < r; k++) {
      for (let l = 0; l < r; l++) {
        let s = 0;
        for (let q = 0; q <= Math.min(k, rank - 1); q++) s += L[k * rank + q] * N[q * r + l];
        out[k * r + l] = scale * s;
      }
    }
  };
}
