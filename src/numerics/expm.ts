import { hypot } from "./hypot.js";
import { identity, matrixProduct, multiply } from "./matrix.js";
import { exponentOf, twoTo } from "./powers-of-two.js";

/** Degree at which the Taylor polynomial of a matrix of norm 1/8 is exact to rounding. */
const TERMS = 12;

/** What the exponential needs of square matrices of one size. */
interface Algebra<M> {
  readonly one: M;
  product(A: M, B: M): M;
  over(A: M, c: number): M;
  /** Largest sum of absolute values in a row. */
  norm(A: M): number;
  plusOne(A: M): M;
}

/** Halved until the Taylor polynomial is exact to rounding, then squared. */
function exponential<M>(A: M, { one, product, over, norm, plusOne }: Algebra<M>): M {
  const halvings = Math.max(0, exponentOf(norm(A)) + 4);
  const small = over(A, twoTo(halvings));
  let power = one;
  // Horner: 1 + A/1 (1 + A/2 (1 + …)).
  for (let k = TERMS; k >= 1; k--) power = plusOne(over(product(small, power), k));
  for (let k = 0; k < halvings; k++) power = product(power, power);
  return power;
}

/** exp(A) for A [d,d]. */
export const expm = (A: Float64Array, d: number): Float64Array => exponential(A, realMatrices(d));

/** A complex matrix [d,d], row by row. */
export interface ComplexMatrix {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** exp(A + iB) */
export const complexExpm = (A: ComplexMatrix, d: number): ComplexMatrix => exponential(A, complexMatrices(d));

const realMatrices = (d: number): Algebra<Float64Array> => ({
  one: identity(d),
  product(A, B) {
    const out = new Float64Array(d * d);
    matrixProduct(A, B, d, out);
    return out;
  },
  over: (A, c) => A.map((v) => v / c),
  norm: (A) => largestRow(A.map(Math.abs), d),
  plusOne(A) {
    for (let a = 0; a < d; a++) A[a * d + a] += 1;
    return A;
  },
});

function complexMatrices(d: number): Algebra<ComplexMatrix> {
  const real = realMatrices(d);
  return {
    one: { re: real.one, im: new Float64Array(d * d) },
    product(A, B) {
      const re = real.product(A.re, B.re);
      const im = real.product(A.re, B.im);
      real.product(A.im, B.im).forEach((v, e) => (re[e] -= v));
      real.product(A.im, B.re).forEach((v, e) => (im[e] += v));
      return { re, im };
    },
    over: ({ re, im }, c) => ({ re: real.over(re, c), im: real.over(im, c) }),
    norm: ({ re, im }) =>
      largestRow(
        re.map((v, e) => Math.abs(v) + Math.abs(im[e])),
        d,
      ),
    plusOne: ({ re, im }) => ({ re: real.plusOne(re), im }),
  };
}

function largestRow(sizes: Float64Array, d: number): number {
  let largest = 0;
  for (let o = 0; o < d * d; o += d) {
    let row = 0;
    for (let b = 0; b < d; b++) row += sizes[o + b];
    largest = Math.max(largest, row);
  }
  return largest;
}

/**
 * exp(tA) x for every row of x[n,d], without the matrix exp(tA): Taylor polynomials of pieces of norm at most one, whose
 * 20 terms leave 1/21!.
 */
export function expmTimes(A: Float64Array, t: number, x: Float64Array, d: number): Float64Array {
  const pieces = Math.max(1, Math.ceil(Math.abs(t) * hypot(...A)));
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
