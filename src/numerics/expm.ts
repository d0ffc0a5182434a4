import { identity, matrixProduct, multiply } from "./matrix.js";

/** Degree at which the Taylor polynomial of a matrix of norm 1/8 is exact to rounding. */
const TERMS = 12;

/** exp(A) for A [d,d]: halved until its Taylor polynomial is exact to rounding, then squared. */
export function expm(A: Float64Array, d: number): Float64Array {
  let norm = 0;
  for (let a = 0; a < d; a++) {
    let row = 0;
    for (let b = 0; b < d; b++) row += Math.abs(A[a * d + b]);
    norm = Math.max(norm, row);
  }
  const halvings = Math.max(0, Math.ceil(Math.log2(norm + 1e-300)) + 3);
  const small = A.map((v) => v * 2 ** -halvings);
  let power = identity(d);
  let next: Float64Array = new Float64Array(d * d);
  // Horner: 1 + A/1 (1 + A/2 (1 + …)).
  for (let k = TERMS; k >= 1; k--) {
    matrixProduct(small, power, d, next);
    for (let e = 0; e < d * d; e++) next[e] /= k;
    for (let a = 0; a < d; a++) next[a * d + a] += 1;
    [power, next] = [next, power];
  }
  for (let k = 0; k < halvings; k++) {
    matrixProduct(power, power, d, next);
    [power, next] = [next, power];
  }
  return power;
}

/** A complex matrix [d,d], row by row. */
export interface ComplexMatrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** exp(A + iB), as the exponential of the real matrix [[A, -B], [B, A]]. */
export function complexExpm({ re, im }: ComplexMatrix, d: number): ComplexMatrix {
  const block = new Float64Array(4 * d * d);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const e = a * d + b;
      block[2 * a * d + b] = block[2 * (a + d) * d + d + b] = re[e];
      block[2 * (a + d) * d + b] = im[e];
      block[2 * a * d + d + b] = -im[e];
    }
  }
  const power = expm(block, 2 * d);
  const part = (row: number): Float64Array =>
    Float64Array.from({ length: d * d }, (_, e) => power[2 * (row + Math.floor(e / d)) * d + (e % d)]);
  return { re: part(0), im: part(d) };
}

/**
 * exp(tA) x for every row of x[n,d], without the matrix exp(tA): Taylor polynomials of pieces of norm at most one, whose
 * 20 terms leave 1/21!.
 */
export function expmTimes(A: Float64Array, t: number, x: Float64Array, d: number): Float64Array {
  const pieces = Math.max(1, Math.ceil(Math.abs(t) * Math.hypot(...A)));
  const out = x.slice();
  const term = new Float64Array(d);
  const image = new Float64Array(d);
  for (let o = 0; o < out.length; o += d) {
    for (let piece = 0; piece < pieces; piece++) {
      term.set(out.subarray(o, o + d));
      for (let k = 1; k <= 20; k++) {
        multiply(A, term, 0, d, image);
        for (let a = 0; a < d; a++) {
          term[a] = (image[a] * t) / (pieces * k);
          out[o + a] += term[a];
        }
      }
    }
  }
  return out;
}
