import type { Bounds } from "./regression.js";

/** One measured number beside what theory says of it. */
export interface Claim {
  readonly claim: string;
  readonly value: number;
  /** Where the true value lies: statistical (95% unless the claim says otherwise) and numerical errors included. */
  readonly interval: Bounds;
  /** Where the claim wants the whole interval to be; a side without a bound is infinite. */
  readonly wanted: Bounds;
  readonly verdict: "holds" | "fails";
}

/** A claim holds when its whole interval lies inside the wanted bounds. */
export function judge(claim: string, value: number, interval: Bounds, wanted: Bounds): Claim {
  const inside = wanted[0] <= interval[0] && interval[1] <= wanted[1];
  return { claim, value, interval, wanted, verdict: inside ? "holds" : "fails" };
}

/** A size without statistical error that must stay below a bound. */
export const below = (claim: string, value: number, bound: number): Claim =>
  judge(claim, value, [value, value], [0, bound]);

/** A fitted slope whose whole 95% interval must lie within `margin` of `target`; without a fit it fails. */
export const slopeNear = (
  claim: string,
  fit: { readonly slope: number; readonly interval: Bounds } | null,
  target: number,
  margin: number,
): Claim => {
  const { slope, interval } = fit ?? { slope: NaN, interval: [-Infinity, Infinity] as const };
  return judge(claim, slope, interval, [target - margin, target + margin]);
};

/** A difference in units of its standard error, which must stay below `sigmas`. */
export const withinErrors = (claim: string, difference: number, standardError: number, sigmas = 4): Claim => {
  const z = difference / standardError;
  return judge(`${claim} (in standard errors)`, z, [z, z], [-sigmas, sigmas]);
};
