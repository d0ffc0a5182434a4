import type { Diagnostics, Measure } from "../../types.js";

/**
 * Softmax barycentres of one frozen law for M matrices A,
 *
 *     m_A(x_i) = sum_j p_ij y_j,   p_ij = w_j exp(beta <A x_i, y_j>) / Z_i,
 *
 * and how they move when the points and the law move together (arXiv:2604.01978, section 2). The points x_i at which
 * they are wanted are the law's own points y_j.
 */
export interface Barycentres {
  /** [M,n,d] after freeze. */
  readonly values: Float64Array;
  freeze(law: Measure, atoms: readonly Float64Array[]): void;
  /**
   * out[n,d] = sum_m c_m B_m m_{A_m} for c[M] and matrices B [M,d,d], one after the other, where it is had for less than by
   * `values`.
   */
  combine?(c: Float64Array, B: Float64Array, out: Float64Array): void;
  /**
   * out[M,n,d] = the derivatives of all m_A along delta[n,d]:
   * sum_j p_ij delta_j + beta sum_j p_ij (y_j - m_i) (<A delta_i, y_j> + <A x_i, delta_j>).
   */
  derivative(delta: Float64Array, out: Float64Array): void;
  /** The derivative of `combine` along delta[n,d], likewise; terms with c_m = 0 cost nothing. */
  combineDerivatives?(delta: Float64Array, c: Float64Array, B: Float64Array, out: Float64Array): void;
  /**
   * out[n,d]: entry a is sum_b (derivative of m_A along P e_a m_b)_b, the sum over V's entries in the Itô correction:
   * sum_j p_ij P_j m_j + beta A^T Cov_i m_i + beta sum_j p_ij <y_j - m_i, m_j> P_j A x_i (before P_i).
   */
  selfDerivative(atom: number, out: Float64Array): void;
  /**
   * out[n,d]: entry a is sum_b (derivative of m_A along D_ab)_b; directions[a d + b] = D_ab [n,d], tangent.
   */
  tracedDerivative(atom: number, directions: readonly Float64Array[], out: Float64Array): void;
  /** What a reader of the result should know: how the sums were done and to what accuracy. */
  diagnostics(): Diagnostics;
}
