/** A kernel module's bytes in base64: for engines alike, and with relaxed SIMD. */
export interface Embedded {
  readonly simd: string;
  readonly fma: string;
}
