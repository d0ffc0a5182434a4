import type { Measure } from "../../../types.js";
import { planMemory } from "../kernels/memory.js";
import { pack, transpose, whole } from "../kernels/panels.js";
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
  const memory = planMemory();
  const softmax = planSoftmaxLaw(memory, n, d, 1, beta);
  const { block, breadth, p, totals } = softmax.pairs;
  const rows = (d + 1) * (d + 1) * d;
  const stride = 4 * whole(rows);
  const left = memory.reserve(whole(rows) * n);
  const averages = memory.reserve((block / 4) * stride);
  const F = new Float64Array(n * d);
  const means = memory.reserve(n * d);
  const tilts = memory.reserve(n * d);
  const matrix = memory.reserve(whole(d) * d);
  const vectors = memory.reserve(whole(n) * whole(d));
  const images = memory.reserve(whole(n) * whole(d));
  /** Rows A^T y and A^T m. */
  const ofPoints = memory.reserve(n * d);
  const ofMeans = memory.reserve(n * d);

  /** The places of the matrices t, (y_b A^T y)_b, (Q_a)_a and (D_ab)_ab among the averages. */
  const ofT = 0;
  const ofCov = (b: number): number => 1 + b;
  const ofQ = (a: number): number => 1 + d + a;
  const ofD = (a: number, b: number): number => 1 + 2 * d + a * d + b;

  const put = (which: number, f: Float64Array): void =>
    transpose(f, n, d, 1, memory.open().numbers, left + which * d * n);

  /** Rows A^T v. */
  const turn = (v: number, stride: number, out: number): void => {
    const { product, unpack } = memory.open();
    product(matrix, d, d, v, stride, images, softmax.panel, n, false);
    unpack(images, softmax.panel, d, n, out);
  };

  const putAll = (y: Float64Array, directions: readonly Float64Array[]): void => {
    const { numbers } = memory.open();
    for (let b = 0; b < d; b++) {
      for (let o = 0; o < n * d; o += d) {
        for (let e = 0; e < d; e++) F[o + e] = y[o + b] * numbers[ofPoints + o + e];
      }
      put(ofCov(b), F);
    }
    for (let a = 0; a < d; a++) {
      F.fill(0);
      for (let b = 0; b < d; b++) {
        const direction = directions[a * d + b];
        put(ofD(a, b), direction);
        for (let o = 0; o < n * d; o += d) {
          for (let c = o; c < o + d; c++) F[c] += y[o + b] * direction[c];
        }
      }
      put(ofQ(a), F);
    }
    F.fill(0);
    for (let o = 0; o < n * d; o += d) {
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) F[o + a] += directions[a * d + b][o + b];
      }
    }
    put(ofT, F);
  };

  /** One token's entries, from its averages, `E` the place of the first. */
  const finish = (E: number, o: number, directions: readonly Float64Array[], out: Float64Array): void => {
    const { numbers } = memory.open();
    for (let a = 0; a < d; a++) {
      let sum = numbers[E + 4 * (ofT * d + a)];
      for (let b = 0; b < d; b++) {
        const direction = directions[a * d + b];
        const mb = numbers[means + o + b];
        const cov = E + 4 * ofCov(b) * d;
        const ofDirection = E + 4 * ofD(a, b) * d;
        let s = 0;
        for (let e = 0; e < d; e++) {
          s += beta * (numbers[cov + 4 * e] - mb * numbers[ofMeans + o + e]) * direction[o + e];
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
    const { numbers, product, divide, unpack } = memory.open();
    softmax.freeze(law, [A]);
    transpose(A, d, d, 1, numbers, matrix);
    pack(law.points, n, d, 1, numbers, vectors, softmax.panel);
    turn(vectors, softmax.panel, ofPoints);
    turn(softmax.means(0, 0), softmax.stride, ofMeans);
    putAll(law.points, directions);
    unpack(softmax.means(0, 0), softmax.stride, d, n, means);
    unpack(softmax.tilts(0, 0), softmax.stride, d, n, tilts);
    for (let i = 0; i < n; i += block) {
      const count = Math.min(block, n - i);
      softmax.weigh(0, i, count);
      product(left, rows, n, p, breadth, averages, stride, count, false);
      divide(averages, stride, rows, count, totals);
      for (let t = 0; t < count; t++) {
        finish(averages + (t >> 2) * stride + (t & 3), (i + t) * d, directions, out);
      }
    }
  };
}
