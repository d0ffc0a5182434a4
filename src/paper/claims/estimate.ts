/** A mean with its standard error. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}
