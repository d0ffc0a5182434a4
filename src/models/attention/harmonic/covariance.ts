import type { SoftmaxLaw } from "./softmax-law.js";

/** Cov_i = E_i[y y^T] - m_i m_i^T at every point, for every matrix. */
export interface SoftmaxCovariance {
  /** To be called after every freeze: what was found for another law no longer holds. */
  forget(): void;
  /** [M,n,d,d], found at the first call after a freeze. */
  matrices(): Float64Array;
}

export function planCovariance(n: number, d: number, M: number, softmax: SoftmaxLaw): SoftmaxCovariance {
  const { means, tilts } = softmax;
  const { pair, pairs } = symmetricPairs(d);
  const square = softmax.averages.functions(pairs);
  const average = new Float64Array(n * pairs);
  const covariance = new Float64Array(M * n * d * d);
  let known = false;

  const loadSquares = (): void => {
    const y = softmax.law.points;
    for (let j = 0; j < n; j++) {
      for (let a = 0; a < d; a++) {
        for (let b = a; b < d; b++) square.values[j * pairs + pair[a * d + b]] = y[j * d + a] * y[j * d + b];
      }
    }
    square.load();
  };

  const find = (): void => {
    loadSquares();
    for (let m = 0; m < M; m++) {
      square.average(tilts[m], average);
      for (let i = 0; i < n; i++) {
        const v = (m * n + i) * d;
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < d; b++) {
            const e = a * d + b;
            covariance[v * d + e] = average[i * pairs + pair[e]] - means[v + a] * means[v + b];
          }
        }
      }
    }
  };

  return {
    forget() {
      known = false;
    },
    matrices() {
      if (!known) find();
      known = true;
      return covariance;
    },
  };
}

/** y y^T is symmetric: entry (a, b) stands at pair[a d + b] among d (d + 1) / 2. */
function symmetricPairs(d: number): { readonly pair: Int32Array; readonly pairs: number } {
  const pair = new Int32Array(d * d);
  let pairs = 0;
  for (let a = 0; a < d; a++) for (let b = a; b < d; b++) pair[a * d + b] = pair[b * d + a] = pairs++;
  return { pair, pairs };
}
