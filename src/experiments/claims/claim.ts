import type { Bounds } from "../../studies/regression.js";

/** One measured number beside what theory says of it. */
export interface Claim {
  readonly claim: string;
  readonly value: number;
  /** Where the true value lies: statistical (95% unless the claim says otherwise) and numerical errors included. */
  readonly interval: Bounds;
  /** Where the claim wants the whole interval to be. */
  readonly wanted: Bounds;
  readonly verdict: "holds" | "fails";
}

/** A claim holds when its whole interval lies inside the wanted bounds. */
export function judge(claim: string, value: number, interval: Bounds, wanted: Bounds): Claim {
  const inside = wanted[0] <= interval[0] && interval[1] <= wanted[1];
  return { claim, value, interval, wanted, verdict: inside ? "holds" : "fails" };
}
