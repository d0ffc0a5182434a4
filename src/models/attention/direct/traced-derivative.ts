import { multiplyTransposed } from "../../../numerics/matrix.js";
import type { Measure } from "../../../types.js";
import { planMemory } from "../kernels/memory.js";
import { transpose, whole } from "../kernels/panels.js";
import { planSoftmaxLaw } from "./softmax-law.js";

/**
 * Entry a is sum_b of the derivative of m along D_ab, component b; directions[a d + b] = D_ab. With E_i[f] = sum_j p_ij f_j and
 * Cov_i A = E[y (A^T y)^T] - m (A^T m)^T it is
 *
 *     E[t_a] + beta sum_be (Cov_i A)_be D_ab,i,e + beta <A x_i, E[Q_a] - sum_b m_b E[D_ab]>,
 *     t_a = sum_b D_ab,b,   Q_a = sum_b y_b D_ab:
 *
 * one product of the weights with (d+1)^2 matrices [n,d]. It has a memory of its own, of the size of the directions, and finds
 * the weights of the atom anew.
 */
export function planTracedDerivative(n: number, d: number, beta: number) {
  const memory = planMemory(n, d);
  const softmax = planSoftmaxLaw(memory, n, d, 1, beta);
  const { block, breadth, p, totals } = softmax.pairs;
  const rows = (d + 1) ** 2 * d;
  const stride = 4 * whole(rows);
  const left = memory.reserve(whole(rows) * n);
  const averages = memory.reserve((block / 4) * stride);
  const F = new Float64Array(n * d);
  const means = memory.reserve(n * d);
  const tilts = memory.reserve(n * d);
  const image = new Float64Array(d);

  /** The places of the matrices t, (y_b A^T y)_b, (Q_a)_a and (D_ab)_ab among the averages. */
  const ofT = 0;
  const ofCov = (b: number): number => 1 + b;
  const ofQ = (a: number): number => 1 + d + a;
  const ofD = (a: number, b: number): number => 1 + 2 * d + a * d + b;

  const pack = (which: number, matrix: Float64Array): void =>
    transpose(matrix, n, d, 1, memory.open().numbers, left + which * d * n);

  const packAll = (y: Float64Array, A: Float64Array, directions: readonly Float64Array[]): void => {
    for (let b = 0; b < d; b++) {
      for (let o = 0; o < n * d; o += d) {
        multiplyTransposed(A, y.subarray(o, o + d), d, image);
        for (let e = 0; e < d; e++) F[o + e] = y[o + b] * image[e];
      }
      pack(ofCov(b), F);
    }
    for (let a = 0; a < d; a++) {
      F.fill(0);
      for (let b = 0; b < d; b++) {
        const direction = directions[a * d + b];
        pack(ofD(a, b), direction);
        for (let o = 0; o < n * d; o += d) {
          for (let c = o; c < o + d; c++) F[c] += y[o + b] * direction[c];
        }
      }
      pack(ofQ(a), F);
    }
    F.fill(0);
    for (let o = 0; o < n * d; o += d) {
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) F[o + a] += directions[a * d + b][o + b];
      }
    }
    pack(ofT, F);
  };

  /** One token's entries, from its averages, `E` the place of the first. */
  const finish = (
    E: number,
    o: number,
    A: Float64Array,
    directions: readonly Float64Array[],
    out: Float64Array,
  ): void => {
    const { numbers } = memory.open();
    multiplyTransposed(A, numbers.subarray(means + o, means + o + d), d, image);
    for (let a = 0; a < d; a++) {
      let sum = numbers[E + 4 * (ofT * d + a)];
      for (let b = 0; b < d; b++) {
        const direction = directions[a * d + b];
        const mb = numbers[means + o + b];
        const cov = E + 4 * ofCov(b) * d;
        const ofDirection = E + 4 * ofD(a, b) * d;
        let s = 0;
        for (let e = 0; e < d; e++) {
          s += beta * (numbers[cov + 4 * e] - mb * image[e]) * direction[o + e];
          s -= Math.LN2 * numbers[tilts + o + e] * mb * numbers[ofDirection + 4 * e];
        }
        sum += s;
      }
      const Q = E + 4 * ofQ(a) * d;
      for (let c = 0; c < d; c++) sum += Math.LN2 * numbers[tilts + o + c] * numbers[Q + 4 * c];
      out[o + a] = sum;
    }
  };

  return (law: Measure, A: Float64Array, directions: readonly Float64Array[], out: Float64Array): void => {
    const { product, divide, unpack } = memory.open();
    softmax.freeze(law, [A]);
    packAll(law.points, A, directions);
    unpack(softmax.means(0, 0), softmax.stride, d, n, means);
    unpack(softmax.tilts(0, 0), softmax.stride, d, n, tilts);
    for (let i = 0; i < n; i += block) {
      const count = Math.min(block, n - i);
      softmax.weigh(0, i, count);
      product(left, rows, n, p, breadth, averages, stride, count, false);
      divide(averages, stride, rows, count, totals);
      for (let t = 0; t < count; t++) {
        finish(averages + (t >> 2) * stride + (t & 3), (i + t) * d, A, directions, out);
      }
    }
  };
}
