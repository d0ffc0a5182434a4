import type { PerceptronLaw } from "./perceptron.js";

/** A law of attention heads theta = (V, A), sampled by (path, layer, head): the same triple gives the same head. */
export interface HeadLaw {
  readonly name: string;
  /** d */
  readonly dimension: number;
  /** Writes V[d,d] and A[d,d], row by row. */
  sample(path: number, layer: number, head: number, V: Float64Array, A: Float64Array): void;
  /** What is known of the law in closed form. */
  readonly moments?: HeadMoments;
  /**
   * A perceptron block carried by every head: B_theta[mu](x) = V m_A(x) + W2 phi(W1 x + b), its weights redrawn with the
   * head (arXiv:2604.01978, remark 2.1). The theory needs nothing else of a head than its field B_theta.
   */
  readonly perceptron?: PerceptronLaw;
}

export interface HeadMoments {
  /** E V [d,d] */
  readonly meanV: Float64Array;
  /** E A [d,d] */
  readonly meanA: Float64Array;
  /** Variance of every entry of V; the entries are uncorrelated. */
  readonly varianceV: number;
  /** Variance of every entry of A. */
  readonly varianceA: number;
  /** V is independent of A with i.i.d. centred entries around its mean: V can be integrated exactly. */
  readonly independentV: boolean;
  /** E B_theta[mu](x) = 0 for every mu and x: the homogenized drift vanishes. */
  readonly centred: boolean;
}
