import { exp } from "../../../numerics/exp.js";
import { multiply } from "../../../numerics/matrix.js";
import type { Measure } from "../../../types.js";

/** Below this many numbers the softmax weights of all matrices are kept between freeze and the derivatives. */
const KEPT = 4_000_000;

/** Scores are at most beta|Ax| since |y| = 1 on the sphere; up to this bound exp needs no shift. */
const UNSHIFTED = 300;

/** The softmax weights p_ij = w_j exp(beta <A x_i, y_j>) / Z_i of one frozen law for M matrices A, row by row. */
export interface SoftmaxLaw {
  /** Rows of weights; `row` says where. */
  readonly p: Float64Array;
  /** [d]: A x_i of the row last asked for. */
  readonly Ax: Float64Array;
  /** [M,n,d]: m_i = sum_j p_ij y_j. */
  readonly means: Float64Array;
  /** The law frozen last, y_j with w_j, */
  readonly law: Measure;
  /** and the matrices A [d,d] with it. */
  readonly matrices: readonly Float64Array[];
  freeze(law: Measure, matrices: readonly Float64Array[]): void;
  /** Offset of the row p_i. in `p`, good until the next call. */
  row(atom: number, i: number): number;
}

export function planSoftmaxLaw(n: number, d: number, M: number, beta: number): SoftmaxLaw {
  const means = new Float64Array(M * n * d);
  const keep = M * n * n <= KEPT;
  const p = new Float64Array(keep ? M * n * n : n);
  const Ax = new Float64Array(d);
  let law: Measure;
  let matrices: readonly Float64Array[];

  const place = (atom: number, i: number): number => (keep ? (atom * n + i) * n : 0);

  /** Writes the row p_i. of a matrix at p[base ..] and leaves A x_i in Ax. */
  const computeRow = (atom: number, i: number, base: number): void => {
    const { points, weights } = law;
    multiply(matrices[atom], points, i * d, d, Ax);
    let bound = 0;
    for (let a = 0; a < d; a++) bound += Ax[a] * Ax[a];
    bound = Math.abs(beta) * Math.sqrt(bound);
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let a = 0, o = j * d; a < d; a++) s += Ax[a] * points[o + a];
      p[base + j] = beta * s;
    }
    let shift = 0;
    if (!(bound < UNSHIFTED)) {
      shift = -Infinity;
      for (let j = 0; j < n; j++) if (p[base + j] > shift) shift = p[base + j];
    }
    let Z = 0;
    for (let j = 0; j < n; j++) Z += p[base + j] = weights[j] * exp(p[base + j] - shift);
    const r = 1 / Z;
    for (let j = 0; j < n; j++) p[base + j] *= r;
  };

  const row = (atom: number, i: number): number => {
    const base = place(atom, i);
    if (keep) multiply(matrices[atom], law.points, i * d, d, Ax);
    else computeRow(atom, i, base);
    return base;
  };

  return {
    p,
    Ax,
    means,
    get law() {
      return law;
    },
    get matrices() {
      return matrices;
    },
    freeze(frozen, given) {
      law = frozen;
      matrices = given;
      const { points } = law;
      means.fill(0);
      for (let atom = 0; atom < M; atom++) {
        for (let i = 0; i < n; i++) {
          const base = place(atom, i);
          computeRow(atom, i, base);
          const o = (atom * n + i) * d;
          for (let j = 0; j < n; j++) {
            const pij = p[base + j];
            for (let a = 0; a < d; a++) means[o + a] += pij * points[j * d + a];
          }
        }
      }
    },
    row,
  };
}
