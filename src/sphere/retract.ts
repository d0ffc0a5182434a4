import { Stopped } from "../numerics/stopped.js";
import type { Manifold } from "../types.js";

/** Squares below this one have lost digits. */
const SMALL = 1e-280;

/**
 * In place: every row of x[n,d] divided by its norm. Throws `Stopped` at a row that is zero, which has no direction; rows
 * before it are divided already. A row that is not finite becomes NaN.
 */
export function normalize(x: Float64Array, d: number): void {
  for (let o = 0; o < x.length; o += d) {
    let s = 0;
    for (let a = 0; a < d; a++) s += x[o + a] * x[o + a];
    if (!(s > SMALL && s < Infinity)) s = rescale(x, o, d);
    const r = 1 / Math.sqrt(s);
    for (let a = 0; a < d; a++) x[o + a] *= r;
  }
}

/** Divides a row by its largest entry, whose square is no number or too small; returns the squared norm it then has. */
function rescale(x: Float64Array, o: number, d: number): number {
  let largest = 0;
  for (let a = 0; a < d; a++) largest = Math.max(largest, Math.abs(x[o + a]));
  if (largest === 0)
    throw new Stopped(`points[${o / d}] came to the zero vector, which has no direction on the sphere`);
  let s = 0;
  for (let a = 0; a < d; a++) {
    x[o + a] /= largest;
    s += x[o + a] * x[o + a];
  }
  return s;
}

/**
 * out <- N(x + c v) on the sphere, N(y) = y/|y|, which agrees with the exponential map to second order; x + c v in R^d.
 * `out` may be `x`. Throws `Stopped` as `normalize` does.
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
