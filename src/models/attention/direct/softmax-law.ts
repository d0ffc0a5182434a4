import type { Measure } from "../../../types.js";
import type { Memory } from "../kernels/memory.js";
import { copy, pack, whole } from "../kernels/panels.js";
import { planPairSums, type PairSums } from "./pair-sums.js";

/** Scores in base two are at most |u| max |y|; up to this bound their powers need no shift. */
const UNSHIFTED = 430;

/**
 * The softmax weights p_ij = w_j exp(beta <A x_i, y_j>) / Z_i of one frozen law for M matrices A. With u_i = beta / ln 2 A x_i
 * the exponentials are powers of two, 2^<u_i, y_j>.
 */
export interface SoftmaxLaw {
  readonly pairs: PairSums;
  readonly beta: number;
  /** Numbers from a panel of u or of the means to the next one of the same atom. */
  readonly stride: number;
  readonly matrices: readonly Float64Array[];
  freeze(law: Measure, matrices: readonly Float64Array[]): void;
  /** u of an atom, from row i on, and */
  tilts(atom: number, i: number): number;
  /** m_i = sum_j p_ij y_j. */
  means(atom: number, i: number): number;
  /** out_i = A v_i for vectors whose panels are `panel` numbers apart. */
  image(atom: number, v: number, out: number): void;
  /** Numbers in a panel of [n,d] vectors. */
  readonly panel: number;
  /** Scores, Z_i p_ij and, as totals, Z_i of `count` rows from i on. */
  weigh(atom: number, i: number, count: number): void;
}

export function planSoftmaxLaw(memory: Memory, n: number, d: number, M: number, beta: number): SoftmaxLaw {
  const pairs = planPairSums(memory, n, d);
  const { totals } = pairs;
  const panel = 4 * whole(d);
  const stride = M * panel;
  const inBaseTwo = beta * Math.LOG2E;
  const matrix = memory.reserve(whole(d) * d);
  const vectors = memory.reserve(whole(n) * whole(d));
  const u = memory.reserve((whole(n) / 4) * stride);
  const m = memory.reserve((whole(n) / 4) * stride);
  const shifted = new Array<boolean>(M).fill(false);
  let matrices: readonly Float64Array[];

  const tilts = (atom: number, i: number): number => u + (i / 4) * stride + atom * panel;
  const means = (atom: number, i: number): number => m + (i / 4) * stride + atom * panel;

  const image = (atom: number, v: number, out: number, outStride: number): void => {
    const { numbers, product } = memory.open();
    copy(matrices[atom], 0, d * d, 1, numbers, matrix);
    product(matrix, d, d, v, panel, out, outStride, n, false);
  };

  return {
    pairs,
    beta,
    stride,
    get matrices() {
      return matrices;
    },
    freeze(law, given) {
      matrices = given;
      const reach = Math.abs(inBaseTwo) * pairs.load(law);
      const { numbers, divide } = memory.open();
      pack(law.points, n, d, inBaseTwo, numbers, vectors, panel);
      for (let atom = 0; atom < M; atom++) {
        shifted[atom] = !(reach * frobenius(matrices[atom]) <= UNSHIFTED);
        image(atom, vectors, tilts(atom, 0), stride);
        pairs.average(tilts(atom, 0), means(atom, 0), stride, shifted[atom]);
        divide(means(atom, 0), stride, d, n, totals);
      }
    },
    tilts,
    means,
    image: (atom, v, out) => image(atom, v, out, panel),
    panel,
    weigh: (atom, i, count) => pairs.weigh(tilts(atom, i), stride, count, shifted[atom]),
  };
}

/** |A|, the root of the sum of squares. */
function frobenius(A: Float64Array): number {
  let s = 0;
  for (let e = 0; e < A.length; e++) s += A[e] * A[e];
  return Math.sqrt(s);
}
