/** Draws the area of one interval: out[K,K] is skew, `dW` [K], `normals` of the length the method asked for. */
export type AreaSampler = (h: number, dW: Float64Array, normals: Float64Array, out: Float64Array) => void;

/**
 * A way to draw Lévy areas L given the increments dW over an interval of length h, from p terms of a series.
 * L_jk = (I_(j,k) - I_(k,j)) / 2 with j the inner integrator.
 */
export interface AreaMethod {
  readonly name: string;
  readonly source: string;
  /** q in E|L_jk - L_jk^(p)|^2 = O(h^2 / p^q). */
  readonly order: 1 | 2;
  /**
   * Mean-square error of one entry, unconditional: the error itself where the truncated series is a projection, and
   * the paper's bound on it where a tail approximation is coupled to the exact area.
   */
  meanSquare(h: number, channels: number, terms: number): number;
  /** Smallest p for which the root mean-square error of every entry is at most `error`; at least one. */
  terms(h: number, channels: number, error: number): number;
  /** Standard normals one sample takes. */
  normals(channels: number, terms: number): number;
  /** Allocates the scratch; the sampler it returns allocates nothing. */
  plan(channels: number, terms: number): AreaSampler;
}
