import { checkOptions, maybe } from "../../numerics/options.js";
import { matricesOf, vectorOf, type MatricesLike } from "../../numerics/rows.js";
import { requireSphere } from "../require-sphere.js";
import type { Model } from "../../types.js";
import type { Barycentres } from "./barycentres.js";
import { chooseBarycentres } from "./choose-barycentres.js";
import { planGaussian, type RedrawnAtoms } from "./plan-gaussian.js";

/** Matrices A_m [d,d] (an ndarray is [M,d,d]), or a rule that draws new ones every step (right in law only). */
export type Atoms = MatricesLike | RedrawnAtoms;

export interface GaussianAttention {
  /** d >= 2; tokens live on S^{d-1}. */
  readonly dimension: number;
  /** Inverse temperature in exp(beta <Ax, y>). */
  readonly beta: number;
  /** Standard deviation of the entries of V; sigma_V^2 = 1/d is the standard choice. */
  readonly sigmaV: number;
  /** Key matrices A_m, each [d,d]: row by row, nested rows, or an ndarray. */
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
 * K = M d^2 channels, ordered atom by atom, each matrix row by row. The drift vanishes. Itô. Throws a RangeError for options
 * that make no sense.
 */
export function gaussianAttention(options: GaussianAttention): Model {
  checkOptions("gaussianAttention", options, {
    dimension: "number",
    beta: "number",
    sigmaV: "number",
    atoms: "numbers",
    weights: maybe("numbers"),
    barycentres: maybe("function"),
  });
  const { dimension: d, beta, sigmaV } = options;
  requireSphere(d);
  if (!(sigmaV >= 0)) throw new RangeError(`sigmaV: ${sigmaV}, want a standard deviation from 0 up`);
  const atoms = "count" in options.atoms ? options.atoms : matricesOf("atoms", options.atoms, d, d);
  const M = "count" in atoms ? atoms.count : atoms.length;
  if (!(M > 0)) throw new RangeError("atoms: none, want at least one");
  const weights = options.weights ? weightsOf(options.weights, M) : new Float64Array(M).fill(1 / M);
  const scales = weights.map((w) => sigmaV * Math.sqrt(w));
  const barycentres = options.barycentres ?? chooseBarycentres("auto");
  return {
    name: "gaussian-attention",
    manifold: "sphere",
    dimension: d,
    channels: M * d * d,
    calculus: "ito",
    analytic: true,
    ...("count" in atoms && { redrawn: true }),
    plan: (n) => planGaussian(n, d, M, scales, atoms, barycentres(n, d, M, beta)),
  };
}

function weightsOf(given: readonly number[], M: number): Float64Array {
  const weights = vectorOf("weights", given, M);
  const bad = weights.findIndex((w) => w < 0);
  if (bad >= 0) throw new RangeError(`weights[${bad}]: ${weights[bad]}, want a number from 0 up`);
  const sum = weights.reduce((s, w) => s + w, 0);
  if (!(Math.abs(sum - 1) < 1e-9)) throw new RangeError(`weights: sum to ${sum}, want 1`);
  return weights;
}
