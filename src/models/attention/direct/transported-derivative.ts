import type { Memory } from "../kernels/memory.js";
import { copy, pack, transpose, whole } from "../kernels/panels.js";
import { subtractMultiples } from "./subtract-multiples.js";
import type { SoftmaxLaw } from "./softmax-law.js";

/** How the barycentres move when points and law move along delta, one atom after the other. */
export interface TransportedDerivative {
  /** Numbers from a panel of it to the next. */
  readonly stride: number;
  /** Fixes delta[n,d]. */
  along(delta: Float64Array): void;
  /** The derivative of an atom's means, in panels; good until the next call. */
  of(atom: number): number;
}

/**
 * The derivative is
 *
 *     sum_j p_ij delta_j + beta sum_j p_ij (y_j - m_i) (<A delta_i, y_j> + <A x_i, delta_j>),
 *
 * four products: with T_ij for beta times the last bracket and Q_ij = p_ij T_ij it is Q y - (Q 1) m + p delta.
 */
export function planTransportedDerivative(memory: Memory, softmax: SoftmaxLaw): TransportedDerivative {
  const { pairs } = softmax;
  const { n, d, block, breadth, points, coordinates, p, totals } = pairs;
  const stride = softmax.panel;
  const rows = memory.reserve(whole(n) * d);
  const columns = memory.reserve(whole(d) * n);
  const vectors = memory.reserve(whole(n) * whole(d));
  const tilted = memory.reserve(whole(n) * whole(d));
  const out = memory.reserve(whole(n) * whole(d));
  const T = memory.reserve(block * whole(n));
  const sums = memory.reserve(block);

  return {
    stride,
    along(delta) {
      const { numbers } = memory.open();
      // <u, delta> is beta <A x, delta> / ln 2.
      copy(delta, 0, n * d, Math.LN2, numbers, rows);
      transpose(delta, n, d, 1, numbers, columns);
      pack(delta, n, d, softmax.beta, numbers, vectors, stride);
    },
    of(atom) {
      const { numbers, product, hadamard, divide } = memory.open();
      softmax.image(atom, vectors, tilted);
      for (let i = 0; i < n; i += block) {
        const count = Math.min(block, n - i);
        const from = (i / 4) * stride;
        softmax.weigh(atom, i, count);
        product(points, n, d, tilted + from, stride, T, breadth, count, false);
        product(rows, n, d, softmax.tilts(atom, i), softmax.stride, T, breadth, count, true);
        hadamard(p, T, breadth, n, count, sums);
        product(coordinates, d, n, T, breadth, out + from, stride, count, false);
        subtractMultiples(
          numbers,
          sums,
          softmax.means(atom, i),
          softmax.stride,
          out + from,
          stride,
          d,
          count,
        );
        product(columns, d, n, p, breadth, out + from, stride, count, true);
        divide(out + from, stride, d, count, totals);
      }
      return out;
    },
  };
}
