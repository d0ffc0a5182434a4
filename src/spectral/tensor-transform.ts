import type { HarmonicTransform } from "../types.js";

/** A transform that also knows second derivatives. */
export interface TensorTransform extends HarmonicTransform {
  /**
   * Field of tensors T_ab tangent in both indices, [count, d, d] -> coefficients of div div T, out[size]: exactly
   * sum_ab <T_ab, grad_a (grad Y)_b>, the quadrature of T against the Riemannian Hessian of Y; so out[0] = 0.
   */
  tensorDivergence(tensor: Float64Array, out: Float64Array): void;
}
