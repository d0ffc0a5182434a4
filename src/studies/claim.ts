import type { Bounds } from "./regression.js";

/** One statement held against numbers. */
export interface Claim {
  /** What is claimed, in words. */
  readonly claim: string;
  readonly value: number;
  /** 95% interval of the value; null where it has no statistical error. */
  readonly interval: Bounds | null;
  /** What the value or its interval must do, in words: "below 1e-6", "inside -0.5 ± 0.1". */
  readonly want: string;
  readonly holds: boolean;
}

/** A value without statistical error that must stay below a bound. */
export const below = (claim: string, value: number, bound: number): Claim => ({
  claim,
  value,
  interval: null,
  want: `below ${bound}`,
  holds: value < bound,
});

/** A fitted slope whose whole interval must lie within `margin` of `target`. */
export const slopeNear = (
  claim: string,
  fit: { readonly slope: number; readonly interval: Bounds } | null,
  target: number,
  margin: number,
): Claim => ({
  claim,
  value: fit?.slope ?? 0,
  interval: fit?.interval ?? null,
  want: `interval inside ${target} ± ${margin}`,
  holds:
    fit !== null &&
    Math.abs(fit.interval[0] - target) <= margin &&
    Math.abs(fit.interval[1] - target) <= margin,
});

/** A difference that must vanish within `sigmas` standard errors. */
export const withinErrors = (
  claim: string,
  difference: number,
  standardError: number,
  sigmas = 4,
): Claim => ({
  claim,
  value: difference,
  interval: [difference - 1.96 * standardError, difference + 1.96 * standardError],
  want: `zero within ${sigmas} standard errors`,
  holds: Math.abs(difference) <= sigmas * standardError,
});
