import type { Measure, Stream } from "../types.js";

/** A law of initial tokens on the unit sphere S^{d-1}, or given points. */
export interface InitialLaw {
  readonly name: string;
  /** d */
  readonly dimension: number;
  /** Its density with respect to surface measure (integral one) at the unit vector x[offset .. offset+d). Absent for atoms. */
  density?(x: Float64Array, offset?: number): number;
  /**
   * n tokens of weight 1/n, independent with this law where it has a density: a function of (stream, path) alone, and the
   * first tokens do not depend on n.
   */
  sample(n: number, stream: Stream, path: number): Measure;
  /** n low-discrepancy points with weights summing to one: deterministic, closer to the law than independent tokens. */
  quasi?(n: number): Measure;
  /**
   * About n nodes fitted to the law, with weights >= 0 that sum to one: deterministic, and integrals of smooth functions
   * are spectrally accurate however narrow the law is. Dimension 2 and 3.
   */
  quadrature?(n: number): Measure;
  /**
   * E Y_lm up to degree lmax in the order of the transforms, from formulas and not from nodes: what nodes are checked by.
   * Dimension 2 and 3.
   */
  moments?(lmax: number): Float64Array;
}

/** A law that has a density, or its density with respect to surface measure at the unit vector x[offset .. offset+d). */
export type LawOrDensity = InitialLaw | ((x: Float64Array, offset: number) => number);

/** Throws unless n is a possible number of tokens. */
export function checkCount(what: string, n: number): void {
  if (!(Number.isInteger(n) && n > 0))
    throw new RangeError(`${what}: ${n} tokens, want a whole number above zero`);
}

/** Throws unless d is a dimension whose unit sphere is connected. */
export function checkDimension(what: string, d: number): void {
  if (!(Number.isInteger(d) && d >= 2))
    throw new RangeError(`${what}: dimension ${d}, want an integer from 2 up`);
}
