/**
 * The sums of attention as products of matrices. All arrays of a plan lie in one memory and are known by the index of their
 * first number. Vectors v_i [rows], one a token, lie four tokens side by side, [i/4][row][4], `stride` numbers from one panel
 * of four to the next; what multiplies them from the left is a matrix [row][k] row by row. So every sum runs over
 * whole vectors, and every sum is taken term by term in the order of its index, in one accumulator: however the work
 * is cut into blocks, and in whatever a processor has for vectors, the bits are the same.
 *
 * Panels and rows on the left go on to a multiple of four: what lies there beyond the last may be read and written, and means
 * nothing.
 */
export interface Arithmetic {
  readonly numbers: Float64Array;
  /** out_i[row] = sum_k left[row,k] right_i[k], or that much more. */
  product(
    left: number,
    rows: number,
    depth: number,
    right: number,
    rightStride: number,
    out: number,
    outStride: number,
    tokens: number,
    more: boolean,
  ): void;
  /** out_i[j] = weights[j] 2^scores_i[j] with |scores| <= 1021; sums[i] = sum_j out_i[j]. `out` may be `scores`. */
  weigh(
    scores: number,
    out: number,
    stride: number,
    weights: number,
    n: number,
    tokens: number,
    sums: number,
  ): void;
  /**
   * out_i[j] = scores_i[j] - max scores_i[l], over the l of nonzero weight, and within [-1021, 0]: what is less than 2^-1021
   * of the largest counts as that much.
   */
  shift(scores: number, out: number, stride: number, weights: number, n: number, tokens: number): void;
  /** factor_i[j] <- p_i[j] factor_i[j]; sums[i] = their sum over j. */
  hadamard(p: number, factor: number, stride: number, n: number, tokens: number, sums: number): void;
  /** v_i[row] <- v_i[row] / sums[i], as a product with the reciprocal. */
  divide(v: number, stride: number, rows: number, tokens: number, sums: number): void;
  /** out[tokens,d] = the vectors, one after the other. */
  unpack(v: number, stride: number, d: number, tokens: number, out: number): void;
  /**
   * out_i = sum_j p_ij y_j and sums[i] = sum_j p_ij for p_ij = weights[j] 2^<u_i, y_j>, in two to four dimensions with nothing
   * stored on the way: what product, weigh and product give. Where it is wanting these do it.
   */
  average?(
    d: number,
    tilts: number,
    points: number,
    weights: number,
    n: number,
    out: number,
    stride: number,
    tokens: number,
    sums: number,
  ): void;
}
