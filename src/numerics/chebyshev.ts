import { cos } from "./sine-cosine.js";

/** Polynomials on [-1, 1] by their values at the Chebyshev points cos(pi i / m), i = 0 … m. */
export interface Chebyshev {
  /** [m+1] */
  readonly points: Float64Array;
  /** out[m+1] = the Lagrange polynomials at x, so that f(x) = sum_j out_j f(points_j). */
  basis(x: number, out: Float64Array): void;
  /** [m+1,m+1]: values to values of the derivative. */
  readonly derivative: Float64Array;
}

/** Barycentric interpolation and the differentiation matrix (Berrut & Trefethen, SIAM Rev. 46, 2004). */
export function chebyshev(m: number): Chebyshev {
  const n = m + 1;
  const points = Float64Array.from({ length: n }, (_, i) => cos((Math.PI * i) / m));
  const weight = (j: number): number => (j % 2 ? -1 : 1) * (j === 0 || j === m ? 0.5 : 1);
  const derivative = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    let diagonal = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const v = weight(j) / weight(i) / (points[i] - points[j]);
      derivative[i * n + j] = v;
      diagonal -= v;
    }
    derivative[i * n + i] = diagonal;
  }
  return {
    points,
    derivative,
    basis(x, out) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        if (x === points[j]) {
          out.fill(0);
          out[j] = 1;
          return;
        }
        sum += out[j] = weight(j) / (x - points[j]);
      }
      for (let j = 0; j < n; j++) out[j] /= sum;
    },
  };
}
