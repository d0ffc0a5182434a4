import { covariant } from "../../sphere/covariant.js";
import { project } from "../../sphere/project.js";
import type { Field, Model } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { chooseBarycentres } from "./choose-barycentres.js";

/** Matrices A_m [d,d] with their weights w_m, or a rule that draws new ones every step (right in law only). */
export type Atoms =
  readonly Float64Array[] | { redraw(path: number, step: number): readonly Float64Array[]; count: number };

export interface GaussianAttention {
  /** d >= 2; tokens live on S^{d-1}. */
  readonly dimension: number;
  /** Inverse temperature in exp(beta <Ax, y>). */
  readonly beta: number;
  /** Standard deviation of the entries of V; sigma_V^2 = 1/d is the standard choice. */
  readonly sigmaV: number;
  /** Key matrices A_m, each [d,d] row by row. */
  readonly atoms: Atoms;
  /** w_m, summing to one; 1/M each unless given. */
  readonly weights?: readonly number[];
  /** How the softmax sums are done for n points; chosen by cost unless given. */
  readonly barycentres?: (n: number, d: number, M: number, beta: number) => Barycentres;
}

/**
 * Homogenized Gaussian-head attention with M fixed atoms A_m (arXiv:2604.01978, section 2): V is integrated exactly, so
 *
 *     sum_k g_k(x) dW^k = P_x sigma_V sum_m sqrt(w_m) dW^m m_{A_m}(x),   dW^m a d x d matrix of Brownian increments.
 *
 * K = M d^2 channels, ordered atom by atom, each matrix row by row. The drift vanishes. Itô.
 */
export function gaussianAttention(options: GaussianAttention): Model {
  const { dimension: d, beta, sigmaV, atoms } = options;
  const M = "count" in atoms ? atoms.count : atoms.length;
  const scales = Float64Array.from(
    { length: M },
    (_, m) => sigmaV * Math.sqrt(options.weights?.[m] ?? 1 / M),
  );
  const barycentres = options.barycentres ?? chooseBarycentres("auto");
  return {
    name: "gaussian-attention",
    manifold: "sphere",
    dimension: d,
    channels: M * d * d,
    calculus: "ito",
    plan: (n) => planAttention(n, d, M, scales, atoms, barycentres(n, d, M, beta)),
  };
}

function planAttention(
  n: number,
  d: number,
  M: number,
  scales: Float64Array,
  atoms: Atoms,
  bary: Barycentres,
): Field {
  const dd = d * d;
  let x: Float64Array;
  const moved = new Float64Array(n * d);
  const total = new Float64Array(n * d);
  const derivatives = new Float64Array(M * n * d);
  // Only the Lévy area needs these d^2 fields; they are made the first time it is used.
  let directions: Float64Array[] | undefined;
  const column = new Float64Array(M * dd);
  const { values } = bary;
  let matrices: readonly Float64Array[] = "count" in atoms ? [] : atoms;

  /** out[n,d] += scale * B v for one matrix B = dW[offset..] and vectors v[n,d] that start at `from`. */
  const addProduct = (
    scale: number,
    dW: Float64Array,
    offset: number,
    v: Float64Array,
    from: number,
    out: Float64Array,
  ) => {
    for (let o = 0; o < n * d; o += d) {
      for (let a = 0; a < d; a++) {
        let s = 0;
        for (let b = 0; b < d; b++) s += dW[offset + a * d + b] * v[from + o + b];
        out[o + a] += scale * s;
      }
    }
  };

  /** out = U = sigma_V sum_m sqrt(w_m) dW^m m_{A_m}, not yet projected. */
  const ambient = (dW: Float64Array, out: Float64Array): void => {
    out.fill(0);
    for (let m = 0; m < M; m++) addProduct(scales[m], dW, m * dd, values, m * n * d, out);
  };

  return {
    ...("count" in atoms && {
      redraw(path: number, step: number) {
        matrices = atoms.redraw(path, step);
      },
    }),
    diagnostics: () => bary.diagnostics(),
    freeze(law) {
      x = law.points;
      bary.freeze(law, matrices);
    },
    increment(_dt, dW, out) {
      ambient(dW, out);
      project(x, out, d);
    },
    derivative(_dt, dW, along, out) {
      ambient(dW, total);
      out.fill(0);
      bary.derivative(along, derivatives);
      for (let m = 0; m < M; m++) addProduct(scales[m], dW, m * dd, derivatives, m * n * d, out);
      covariant(x, total, along, d, out);
    },
    correction(out) {
      out.fill(0);
      for (let m = 0; m < M; m++) {
        bary.selfDerivative(m, moved);
        const c = scales[m] * scales[m];
        for (let i = 0; i < n * d; i++) out[i] += c * moved[i];
      }
      project(x, out, d);
    },
    bracket(area, out) {
      // Channel k = (m,a,b) has g_k = scale_m P_x e_a m_b. With D_k = sum_j L_jk g_j the sum over k is
      // sum_m scale_m { P_x sum_a e_a sum_b (dm_A[D_ab])_b - sum_ab x_a m_b D_ab }.
      const K = M * dd;
      directions ??= Array.from({ length: dd }, (): Float64Array => new Float64Array(n * d));
      out.fill(0);
      for (let m = 0; m < M; m++) {
        for (let e = 0; e < dd; e++) {
          const D = directions[e];
          for (let j = 0; j < K; j++) column[j] = area[j * K + m * dd + e];
          ambient(column, D);
          project(x, D, d);
          const a = Math.floor(e / d);
          const b = e % d;
          for (let o = 0; o < n * d; o += d) {
            const c = scales[m] * x[o + a] * values[m * n * d + o + b];
            for (let q = o; q < o + d; q++) out[q] -= c * D[q];
          }
        }
        bary.tracedDerivative(m, directions, moved);
        for (let i = 0; i < n * d; i++) out[i] += scales[m] * moved[i];
      }
      project(x, out, d);
    },
  };
}
