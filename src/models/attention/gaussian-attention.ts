import type { Model } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { chooseBarycentres } from "./choose-barycentres.js";
import { planGaussian, type Atoms } from "./plan-gaussian.js";

export type { Atoms } from "./plan-gaussian.js";

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
    plan: (n) => planGaussian(n, d, M, scales, atoms, barycentres(n, d, M, beta)),
  };
}
