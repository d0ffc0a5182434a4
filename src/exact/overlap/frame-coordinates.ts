import type { Measure } from "../../types.js";

/**
 * Coordinates C[n,r] of the points in an orthonormal frame of r = min(n, d) vectors: the points themselves, or the
 * Cholesky factor of their Gram matrix (a vanishing pivot is a token in the span of the others, and gets no column).
 */
export function frameCoordinates({ count: n, dimension: d, points }: Measure): {
  C: Float64Array;
  r: number;
} {
  if (n >= d) return { C: points.slice(), r: d };
  const C = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let s = 0;
      for (let a = 0; a < d; a++) s += points[i * d + a] * points[j * d + a];
      for (let k = 0; k < j; k++) s -= C[i * n + k] * C[j * n + k];
      const pivot = C[j * n + j];
      if (i === j) C[j * n + j] = s > 1e-14 ? Math.sqrt(s) : 0;
      else C[i * n + j] = pivot > 0 ? s / pivot : 0;
    }
  }
  return { C, r: n };
}
