import type { Memory } from "../kernels/memory.js";
import { transpose, read, whole } from "../kernels/panels.js";
import { subtractMultiples } from "./subtract-multiples.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/**
 * Entry a is sum_b of the derivative of m along P e_a m_b, component b:
 *
 *     sum_j p_ij P_j m_j + beta sum_j p_ij <y_j - m_i, m_j> P_j A x_i + beta A^T Cov_i m_i.
 *
 * With r_j = <y_j, m_j>, R_ij = <m_i, m_j> - r_j and S_ij = <A x_i, y_j> the second term is
 * beta sum_j p_ij R_ij (S_ij y_j - A x_i), and Cov_i m_i = sum_j p_ij C_ij (y_j - m_i) with C_ij = <y_j, m_i> - |m_i|^2: every
 * sum is a product, and nothing of size d^2 is formed.
 */
export function planSelfDerivative(
  memory: Memory,
  softmax: SoftmaxLaw,
): (atom: number, out: Float64Array) => void {
  const { pairs } = softmax;
  const { n, d, block, breadth, points, coordinates, scores, p, totals } = pairs;
  const beta = softmax.beta;
  const stride = softmax.panel;
  const means = memory.reserve(whole(n) * d);
  const tangent = memory.reserve(whole(d) * n);
  const minusR = memory.reserve(whole(n));
  const minusSquares = memory.reserve(whole(n));
  const ones = memory.reserve(whole(n));
  const matrix = memory.reserve(whole(d) * d);
  const R = memory.reserve(block * whole(n));
  const C = memory.reserve(block * whole(n));
  const sums = memory.reserve(block);
  const unused = memory.reserve(block);
  const covariance = memory.reserve(block * whole(d));
  const sum = memory.reserve(block * whole(d));
  const result = memory.reserve(n * d);
  const m = new Float64Array(n * d);

  /** What the atom's means give to all rows. */
  const prepare = (atom: number): void => {
    const { numbers, unpack } = memory.open();
    unpack(softmax.means(atom, 0), softmax.stride, d, n, means);
    for (let j = 0; j < n; j++) {
      let r = 0;
      let square = 0;
      for (let a = j * d; a < (j + 1) * d; a++) {
        r += numbers[means + a] * numbers[points + a];
        square += numbers[means + a] * numbers[means + a];
      }
      for (let a = j * d; a < (j + 1) * d; a++) m[a] = numbers[means + a] - r * numbers[points + a];
      numbers[minusR + j] = -Math.LN2 * r;
      numbers[minusSquares + j] = -square;
    }
    transpose(m, n, d, 1, numbers, tangent);
    // R is had in units of ln 2, for the scores are in base two: ln 2 u = beta A x.
    for (let k = means; k < means + n * d; k++) numbers[k] *= Math.LN2;
    transpose(softmax.matrices[atom], d, d, beta, numbers, matrix);
    numbers.fill(1, ones, ones + whole(n));
  };

  return (atom, out) => {
    const { numbers, product, hadamard, divide, unpack } = memory.open();
    prepare(atom);
    for (let i = 0; i < n; i += block) {
      const count = Math.min(block, n - i);
      const mi = softmax.means(atom, i);
      const ui = softmax.tilts(atom, i);
      softmax.weigh(atom, i, count);

      product(minusR, n, 1, ones, 4, R, breadth, count, false);
      product(means, n, d, mi, softmax.stride, R, breadth, count, true);
      hadamard(p, R, breadth, n, count, sums);
      hadamard(scores, R, breadth, n, count, unused);
      product(coordinates, d, n, R, breadth, sum, stride, count, false);
      subtractMultiples(numbers, sums, ui, softmax.stride, sum, stride, d, count);
      product(tangent, d, n, p, breadth, sum, stride, count, true);

      product(ones, n, 1, minusSquares + i, 4, C, breadth, count, false);
      product(points, n, d, mi, softmax.stride, C, breadth, count, true);
      hadamard(p, C, breadth, n, count, sums);
      product(coordinates, d, n, C, breadth, covariance, stride, count, false);
      subtractMultiples(numbers, sums, mi, softmax.stride, covariance, stride, d, count);
      product(matrix, d, d, covariance, stride, sum, stride, count, true);

      divide(sum, stride, d, count, totals);
      unpack(sum, stride, d, count, result + i * d);
    }
    read(numbers, result, n * d, out, 0);
  };
}
