import { bisectRoot } from "./bisect.js";
import type { NormalQuadrature } from "./gauss-hermite.js";

/**
 * Gauss quadrature for a chi-square variable of `freedom` > 0 degrees of freedom, exact for polynomials of degree
 * 2 count - 1: twice the nodes of generalized Laguerre polynomials with a = freedom/2 - 1, from the recurrence of the
 * orthonormal ones, q_k = (2k + a + 1 - x) q and (k (k + a))^{1/2}; roots by bisection (they interlace).
 */
export function chiSquareQuadrature(freedom: number, count: number): NormalQuadrature {
  if (!(freedom > 0)) throw new RangeError(`freedom: ${freedom}, want a positive number`);
  const a = freedom / 2 - 1;
  let roots: number[] = [];
  for (let n = 1; n <= count; n++) {
    const ends = [0, ...roots, 4 * n + 2 * Math.abs(a) + 8 + 4 * Math.sqrt(n * (n + Math.abs(a)))];
    roots = Array.from({ length: n }, (_, i) =>
      bisectRoot((x) => laguerre(n, a, x).value, ends[i], ends[i + 1], 80),
    );
  }
  return {
    nodes: Float64Array.from(roots, (x) => 2 * x),
    weights: Float64Array.from(roots, (x) => 1 / laguerre(count, a, x).squares),
  };
}

/** The orthonormal polynomial of degree n at x, up to its sign, and the sum of squares of those of lower degree. */
function laguerre(n: number, a: number, x: number): { value: number; squares: number } {
  let [before, value, squares] = [0, 1, 0];
  for (let k = 0; k < n; k++) {
    squares += value * value;
    const next = (x - (2 * k + a + 1)) * value - Math.sqrt(k * (k + a)) * before;
    [before, value] = [value, next / Math.sqrt((k + 1) * (k + 1 + a))];
  }
  return { value, squares };
}
