/**
 * The sums behind Funk-Hecke in one dimension (2 or 3). Right-hand sides come in blocks of four, coefficients in a
 * layout of the kernel's own; they carry the area of the sphere, so that
 *   integral of e^{<u,y>} f_r(y) dmu = e^{|u|} sum_l lambda_l(|u|) sum_m coefficient_{lm,r} Y_lm(u/|u|).
 */
export interface TiltKernel {
  /** Highest degree the tables reach now; grown by `reserve`. */
  reserve(degree: number): void;
  /** Length of the coefficients of `blocks` blocks. */
  length(degree: number, blocks: number): number;
  /** coefficients <- sums over points of strengths[n, 4 blocks] * Y. */
  moments(
    points: Float64Array,
    strengths: Float64Array,
    degree: number,
    blocks: number,
    coefficients: Float64Array,
  ): void;
  /** out[size] = right-hand side r as coefficients in the order of the transforms: sums of strength * Y. */
  unpack(coefficients: Float64Array, degree: number, blocks: number, r: number, out: Float64Array): void;
  /** The way back. */
  pack(standard: Float64Array, degree: number, blocks: number, r: number, coefficients: Float64Array): void;
  /** bounds[l] = max over right-hand sides r of |sum_m coefficient_lm,r Y_lm| / scales[r], at any point. */
  bounds(
    coefficients: Float64Array,
    degree: number,
    blocks: number,
    scales: Float64Array,
    bounds: Float64Array,
  ): void;
  /**
   * For two tilts at once: sums[2, 4 blocks] <- sum over l <= top of lambda_l sum_m coefficient_lm Y_lm at their
   * directions[2, 3] (unit vectors; the third number is not read on the circle). lambda is [top + 1, 2].
   */
  sumPair(
    directions: Float64Array,
    lambda: Float64Array,
    top: number,
    coefficients: Float64Array,
    degree: number,
    blocks: number,
    sums: Float64Array,
  ): void;
}
