/**
 * The sums behind Funk-Hecke in one dimension (2 or 3). Right-hand sides come in blocks of four, coefficients in a
 * layout of the kernel's own, and points, tilts and results in windows: arrays of `WINDOW` rows that the caller fills and
 * empties, so that a kernel's memory does not grow with their number.
 */
export interface TiltKernel {
  readonly layout: TiltLayout;
  /** For degrees up to lmax. */
  moments(lmax: number, blocks: number): TiltMoments;
  /** For degrees up to lmax, of `width` right-hand sides. */
  sums(lmax: number, width: number): TiltSums;
}

export const WINDOW = 64;

/** Where coefficients stand; they carry the area of the sphere, see `TiltSums`. */
export interface TiltLayout {
  /** What strengths are multiplied by for that. */
  readonly area: number;
  /** Length of the coefficients of `blocks` blocks. */
  length(degree: number, blocks: number): number;
  /** out[size] = right-hand side r as coefficients in the order of the transforms: area * sums of strength * Y. */
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
}

/** coefficients = sums over points of strength * Y. */
export interface TiltMoments {
  /** [WINDOW, d] */
  readonly points: Float64Array;
  /** [WINDOW, 4 blocks] */
  readonly strengths: Float64Array;
  readonly coefficients: Float64Array;
  begin(degree: number): void;
  /** Takes the first `count` points of the window in. */
  enter(count: number): void;
  /** After it the coefficients are complete. */
  finish(): void;
}

/**
 * integral of e^{<u,y>} f_r(y) dmu / lambda_0(|u|) e^{|u|} = sum_l lambda_l(|u|)/lambda_0(|u|) sum_m coefficient_{lm,r} Y_lm(u/|u|),
 * even and odd degrees apart: their sum belongs to the tilt u, their difference to -u.
 */
export interface TiltSums {
  /** [WINDOW/4, d, 4]: component a of tilt i stands at 4 (d (i >> 2) + a) + (i & 3). */
  readonly tilts: Float64Array;
  readonly coefficients: Float64Array;
  /** [degree + 1] the bound of every degree, of which `sizes` are the sums. */
  readonly bounds: Float64Array;
  /** [WINDOW/4, 2, width, 4]: even, then odd degrees. */
  readonly sums: Float64Array;
  /** [WINDOW]: sum of lambda_l/lambda_0 bounds_l. */
  readonly sizes: Float64Array;
  /**
   * For the first `count` tilts. Degrees go up to degree + extra; a sum stops `extra` degrees after what is left falls
   * below `truncation` for every tilt of its four.
   */
  run(count: number, degree: number, extra: 0 | 1, truncation: number): void;
}
