/**
 * The Fourier series of the Lévy area, which every method here starts from. Expanding the Brownian bridge of one
 * interval, with w = dW / sqrt(h) and independent X_r, Y_r ~ N(0, Id),
 *   L = h / (2 pi) (S - S^T),   S = sum_{r>=1} X_r (Y_r - sqrt(2) w)^T / r.
 * Kloeden, Platen, "Numerical solution of stochastic differential equations", section 5.8;
 * Kastner, Rößler, arXiv:2201.08424.
 */
export interface Series {
  /** [K] the normalised increment w of the latest draw. */
  readonly w: Float64Array;
  /** out[j*K+k] for j < k becomes entry (j,k) of S - S^T with p terms; the rest of `out` is left alone. */
  start(h: number, dW: Float64Array, normals: Float64Array, out: Float64Array): void;
  /** Scales the entries j < k by h / (2 pi) and fills in the rest of the skew matrix. */
  finish(h: number, out: Float64Array): void;
}

export function planSeries(channels: number, terms: number): Series {
  const K = channels;
  const w = new Float64Array(K);
  const U = new Float64Array(terms * K);

  function start(h: number, dW: Float64Array, normals: Float64Array, out: Float64Array): void {
    const root = Math.sqrt(h);
    for (let k = 0; k < K; k++) w[k] = dW[k] / root;
    for (let r = 0; r < terms; r++) {
      for (let k = 0; k < K; k++) U[r * K + k] = normals[(2 * r + 1) * K + k] - Math.SQRT2 * w[k];
    }
    // Row by row, so that a row of `out` stays in the nearest cache for all p terms.
    for (let j = 0; j < K - 1; j++) {
      const row = j * K;
      for (let k = j + 1; k < K; k++) out[row + k] = 0;
      for (let r = 0; r < terms; r++) {
        const x = 2 * r * K;
        const u = r * K;
        const xj = normals[x + j] / (r + 1);
        const uj = U[u + j] / (r + 1);
        for (let k = j + 1; k < K; k++) out[row + k] += xj * U[u + k] - uj * normals[x + k];
      }
    }
  }

  function finish(h: number, out: Float64Array): void {
    const scale = h / (2 * Math.PI);
    for (let j = 0; j < K; j++) {
      out[j * K + j] = 0;
      for (let k = j + 1; k < K; k++) {
        const value = scale * out[j * K + k];
        out[j * K + k] = value;
        out[k * K + j] = -value;
      }
    }
  }

  return { w, start, finish };
}

/** Adds c (w m^T - m w^T) to the entries j < k of out[K,K]; m is normals[at..at+K-1]. */
export function addWedge(
  c: number,
  w: Float64Array,
  normals: Float64Array,
  at: number,
  out: Float64Array,
): void {
  const K = w.length;
  for (let j = 0; j < K; j++) {
    const wj = c * w[j];
    const mj = c * normals[at + j];
    for (let k = j + 1; k < K; k++) out[j * K + k] += wj * normals[at + k] - mj * w[k];
  }
}
