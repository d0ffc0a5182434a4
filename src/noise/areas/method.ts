/**
 * Draws the area of one interval of length h: out[K,K], skew, given the increments dW[K] and as many standard normals
 * as the method asks for. The first 2Kp of them are X_1, Y_1, X_2, Y_2, ..., K numbers each; the tail's follow.
 */
export type AreaSampler = (h: number, dW: Float64Array, normals: Float64Array, out: Float64Array) => void;

/**
 * A way to draw Lévy areas given the increments, L_jk = (I_(j,k) - I_(k,j)) / 2 with j the inner integrator, from p
 * terms of a series. Its error is stated for the largest entry: E|L_jk - L_jk^(p)|^2 <= constant(K) h^2 / p^order.
 */
export interface AreaMethod {
  readonly name: string;
  /** The paper. */
  readonly source: string;
  readonly order: 1 | 2;
  constant(channels: number): number;
  /** Standard normals one area takes. */
  normals(channels: number, terms: number): number;
  /** Allocates the scratch; the sampler it returns allocates nothing. */
  plan(channels: number, terms: number): AreaSampler;
}
