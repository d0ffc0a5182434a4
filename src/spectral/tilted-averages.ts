import type { Diagnostics, Measure } from "../types.js";

/**
 * Softmax averages of functions under a frozen law: for a tilt u in R^d (u = beta A x for attention)
 *   E_u[f] = sum_j w_j e^{<u,y_j>} f(y_j) / sum_j w_j e^{<u,y_j>}.
 * Barycentre, its derivatives and the Itô correction of attention are all such averages (f = y, y y^T, P_y m(y), ...).
 */
export interface TiltedAverages {
  /** d */
  readonly dimension: number;
  /** n, the number of points of the laws. */
  readonly count: number;
  /**
   * Fixes the law; its arrays must not change until the next freeze. No tilt longer than `reach` (max |u|) may follow.
   * Every set of functions must be loaded again after it.
   */
  freeze(law: Measure, reach: number): void;
  /** Allocates a set of `width` functions, given by their values at the law's points. Plan time only. */
  functions(width: number): TiltedFunctions;
  /**
   * The same for sums of terms q_s(y) and q_s(y) <u, P_y e_a>, from `sources` functions q_s given by their values. The
   * second kind is what moving the points under the exponential gives: e^{<u,y>} <u, P_y v> is the derivative of
   * e^{<u,y>} as y moves along v. One function of the second kind costs as much as one of the first, where averaging
   * q y_a y_b first and contracting with u after would cost d of them.
   */
  combinations(sources: number, recipes: readonly (readonly TiltedTerm[])[]): TiltedFunctions;
  /** What the averages since the last freeze did: method, degree, points summed directly, largest error bound. */
  diagnostics(): Diagnostics;
}

/** q_source(y), or q_source(y) <u, P_y e_along>. */
export interface TiltedTerm {
  readonly source: number;
  readonly along?: number;
}

export interface TiltedFunctions {
  /** Number of averages. */
  readonly width: number;
  /** [n, width], or [n, sources]: the caller writes the functions' values at the law's points here, then calls load. */
  readonly values: Float64Array;
  /** Takes the values in. They must not change until the last average over them. */
  load(): void;
  /** tilts[t, d] -> out[t, width], any number t of tilts. */
  average(tilts: Float64Array, out: Float64Array): void;
}
