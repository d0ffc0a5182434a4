import type { Measure } from "../../../types.js";
import type { Memory } from "../kernels/memory.js";
import { copy, transpose, whole } from "../kernels/panels.js";

/** Numbers in a block of weights: some rows i against all j, so that they are used while a cache has them. */
const BLOCK = 16384;

/**
 * Sums over all pairs of a law's points with the weights p_ij = w_j 2^<u_i, y_j>, for vectors u_i that lie in panels. The
 * weights are never kept: they are found a block of rows at a time. Names of arrays are their places in the memory.
 */
export interface PairSums {
  readonly n: number;
  readonly d: number;
  /** y_j, a matrix [n,d] for the left, and */
  readonly points: number;
  /** [d,n], its transpose. */
  readonly coordinates: number;
  /** Rows in a block, */
  readonly block: number;
  /** <u_i, y_j> and */
  readonly scores: number;
  /** p_ij of a block, and numbers from a panel of these to the next. */
  readonly p: number;
  readonly breadth: number;
  /** [n]: sum_j p_ij; a block's are the first. */
  readonly totals: number;
  /** Takes a law's points and weights; returns max |y|^2, which is one on the sphere. */
  load(law: Measure): number;
  /**
   * Scores, p and totals of `count` rows whose u begin at `u`. With `shifted` every row of p is divided by its largest power,
   * without it no score may exceed 1021 in size.
   */
  weigh(u: number, stride: number, count: number, shifted: boolean): void;
  /** out_i = sum_j p_ij y_j, a panel as long as a panel of u, and all totals. */
  average(u: number, out: number, stride: number, shifted: boolean): void;
}

export function planPairSums(memory: Memory, n: number, d: number): PairSums {
  const breadth = 4 * whole(n);
  const block = Math.min(whole(n), Math.max(4, 4 * Math.floor(BLOCK / breadth)));
  const points = memory.reserve(whole(n) * d);
  const coordinates = memory.reserve(whole(d) * n);
  const weights = memory.reserve(n);
  const scores = memory.reserve(block * whole(n));
  const p = memory.reserve(block * whole(n));
  const totals = memory.reserve(whole(n));

  const weigh = (u: number, stride: number, count: number, shifted: boolean, to: number): void => {
    const { product, shift, weigh } = memory.open();
    product(points, n, d, u, stride, scores, breadth, count, false);
    if (shifted) shift(scores, p, breadth, weights, n, count);
    weigh(shifted ? p : scores, p, breadth, weights, n, count, to);
  };

  return {
    n,
    d,
    points,
    coordinates,
    block,
    scores,
    p,
    breadth,
    totals,
    load({ points: y, weights: w }) {
      const { numbers } = memory.open();
      copy(y, 0, n * d, 1, numbers, points);
      transpose(y, n, d, 1, numbers, coordinates);
      copy(w, 0, n, 1, numbers, weights);
      return largestSquare(y, d);
    },
    weigh: (u, stride, count, shifted) => weigh(u, stride, count, shifted, totals),
    average(u, out, stride, shifted) {
      const { average, product } = memory.open();
      if (average && d >= 2 && d <= 4 && !shifted) {
        average(d, u, points, weights, n, out, stride, n, totals);
        return;
      }
      for (let i = 0; i < n; i += block) {
        const count = Math.min(block, n - i);
        const panel = (i / 4) * stride;
        weigh(u + panel, stride, count, shifted, totals + i);
        product(coordinates, d, n, p, breadth, out + panel, stride, count, false);
      }
    },
  };
}

function largestSquare(y: Float64Array, d: number): number {
  let largest = 0;
  for (let o = 0; o < y.length; o += d) {
    let s = 0;
    for (let a = 0; a < d; a++) s += y[o + a] * y[o + a];
    largest = Math.max(largest, s);
  }
  return largest;
}
