import { bisectRoot } from "./bisect.js";

/** Nodes and weights for expectations of a standard normal variable: exact for polynomials of degree 2 count - 1. */
export interface NormalQuadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Hermite quadrature for the weight exp(-x^2/2) / sqrt(2 pi): roots of the orthonormal Hermite polynomial by
 * bisection between the roots of the one before, which interlace (Szegő, Orthogonal Polynomials, section 3.3).
 */
export function normalQuadrature(count: number): NormalQuadrature {
  let roots: number[] = [];
  for (let n = 1; n <= count; n++) {
    const reach = 2 * Math.sqrt(n) + 1;
    const ends = [-reach, ...roots, reach];
    roots = Array.from({ length: n }, (_, i) => bisectRoot((x) => hermite(n, x).value, ends[i], ends[i + 1]));
  }
  const nodes = Float64Array.from(roots);
  return { nodes, weights: nodes.map((x) => 1 / hermite(count, x).squares) };
}

/** He_n / sqrt(n!) at x, and the sum of squares of those of lower degree (the Christoffel number's reciprocal). */
function hermite(n: number, x: number): { value: number; squares: number } {
  let [before, value, squares] = [0, 1, 0];
  for (let k = 0; k < n; k++) {
    squares += value * value;
    [before, value] = [value, (x * value - Math.sqrt(k) * before) / Math.sqrt(k + 1)];
  }
  return { value, squares };
}
