import { allFinite } from "../numerics/finite.js";
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
 * `out` may be `x`. Whether all that came out is finite. Throws `Stopped` as `normalize` does, on the sphere alone.
 */
export function retract(
  manifold: Manifold,
  x: Float64Array,
  c: number,
  v: Float64Array,
  d: number,
  out: Float64Array,
): boolean {
  if (manifold === "euclidean") return shift(x, c, v, out);
  return d === 3 ? retract3(x, c, v, out) : retractRows(x, c, v, d, out);
}

/** out = x + c v. Sums tell whether they are finite, as in `allFinite`. */
function shift(x: Float64Array, c: number, v: Float64Array, out: Float64Array): boolean {
  const whole = x.length - (x.length % 4);
  let s = 0;
  let t = 0;
  let u = 0;
  let w = 0;
  for (let i = 0; i < whole; i += 4) {
    const p = x[i] + c * v[i];
    const q = x[i + 1] + c * v[i + 1];
    const y = x[i + 2] + c * v[i + 2];
    const z = x[i + 3] + c * v[i + 3];
    s += out[i] = p;
    t += out[i + 1] = q;
    u += out[i + 2] = y;
    w += out[i + 3] = z;
  }
  for (let i = whole; i < x.length; i++) s += out[i] = x[i] + c * v[i];
  return Number.isFinite(s + t + (u + w)) || allFinite(out);
}

function retractRows(x: Float64Array, c: number, v: Float64Array, d: number, out: Float64Array): boolean {
  let finite = true;
  for (let o = 0; o < x.length; o += d) {
    let s = 0;
    for (let a = o; a < o + d; a++) {
      const y = x[a] + c * v[a];
      out[a] = y;
      s += y * y;
    }
    if (!(s > SMALL && s < Infinity)) {
      s = rescale(out, o, d);
      finite &&= s < Infinity;
    }
    const r = 1 / Math.sqrt(s);
    for (let a = o; a < o + d; a++) out[a] *= r;
  }
  return finite;
}

/** The same in R^3, without a loop inside. */
function retract3(x: Float64Array, c: number, v: Float64Array, out: Float64Array): boolean {
  let finite = true;
  for (let o = 0; o < x.length; o += 3) {
    let p = x[o] + c * v[o];
    let q = x[o + 1] + c * v[o + 1];
    let z = x[o + 2] + c * v[o + 2];
    let s = p * p + q * q + z * z;
    if (!(s > SMALL && s < Infinity)) {
      [out[o], out[o + 1], out[o + 2]] = [p, q, z];
      s = rescale(out, o, 3);
      finite &&= s < Infinity;
      [p, q, z] = [out[o], out[o + 1], out[o + 2]];
    }
    const r = 1 / Math.sqrt(s);
    out[o] = p * r;
    out[o + 1] = q * r;
    out[o + 2] = z * r;
  }
  return finite;
}
