import type { Manifold } from "../types.js";

/** In place: every row of x[n,d] divided by its norm. */
export function normalize(x: Float64Array, d: number): void {
  for (let o = 0; o < x.length; o += d) {
    let s = 0;
    for (let a = 0; a < d; a++) s += x[o + a] * x[o + a];
    const r = 1 / Math.sqrt(s);
    for (let a = 0; a < d; a++) x[o + a] *= r;
  }
}

/**
 * out <- N(x + c v) on the sphere, N(y) = y/|y|, which agrees with the exponential map to second order; x + c v in R^d.
 * `out` may be `x`.
 */
export function retract(
  manifold: Manifold,
  x: Float64Array,
  c: number,
  v: Float64Array,
  d: number,
  out: Float64Array,
): void {
  for (let i = 0; i < x.length; i++) out[i] = x[i] + c * v[i];
  if (manifold === "sphere") normalize(out, d);
}
