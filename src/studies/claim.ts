import { UNBOUNDED, type Bounds } from "./regression.js";

/** One measured number beside what theory says of it. */
export interface Claim {
  readonly claim: string;
  readonly value: number;
  /**
   * Where the true value lies: statistical (95% unless the claim says otherwise) and numerical errors included. Null for a
   * size without such errors, and for a score, which has them in it.
   */
  readonly interval: Bounds | null;
  /** Where the claim wants the whole interval to be, or else the value; a side without a bound is infinite. */
  readonly wanted: Bounds;
  readonly verdict: "holds" | "fails";
}

/**
 * A claim holds when its value is a number and its whole interval, or else the value, lies inside the wanted bounds. An
 * interval without width is none.
 */
export function judge(claim: string, value: number, interval: Bounds | null, wanted: Bounds): Claim {
  const [low, high] = interval ?? [value, value];
  const inside = !Number.isNaN(value) && wanted[0] <= low && high <= wanted[1];
  const known = low === high ? null : interval;
  return { claim, value, interval: known, wanted, verdict: inside ? "holds" : "fails" };
}

/** A size without statistical error that must stay below a bound. */
export const below = (claim: string, value: number, bound: number): Claim =>
  judge(claim, value, null, [0, bound]);

/** The fit of a study that came to its end. One that stopped lacks the paths that went wrong, and proves nothing. */
export const finishedFit = <Fit>({ fit, stopped }: { fit: Fit; stopped?: unknown }): Fit | null =>
  stopped === undefined ? fit : null;

/** A fitted slope whose whole 95% interval must lie within `wanted`; without a fit, or without an interval, it fails. */
export const slopeWithin = (
  claim: string,
  fit: { readonly slope: number; readonly interval: Bounds | null } | null,
  wanted: Bounds,
): Claim => judge(claim, fit?.slope ?? NaN, fit?.interval ?? UNBOUNDED, wanted);

/** The same within `margin` of `target`. */
export const slopeNear = (
  claim: string,
  fit: { readonly slope: number; readonly interval: Bounds | null } | null,
  target: number,
  margin: number,
): Claim => slopeWithin(claim, fit, [target - margin, target + margin]);

/**
 * A difference in units of its standard error, which must stay below `sigmas`. Without a standard error (not a number above
 * zero) it fails, and says so.
 */
export const withinErrors = (claim: string, difference: number, standardError: number, sigmas = 4): Claim => {
  const known = standardError > 0 && standardError < Infinity;
  const z = known ? difference / standardError : NaN;
  const unit = known ? "in standard errors" : "no standard error to judge it by";
  return judge(`${claim} (${unit})`, z, known ? null : UNBOUNDED, [-sigmas, sigmas]);
};
