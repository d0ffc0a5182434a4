import { z } from "zod";
import { refuse } from "../../contract/config-error.js";

/** How softmax sums are done: pair by pair, by harmonics (d = 2, 3), or whichever is cheaper. */
export const attention = z.enum(["auto", "direct", "harmonic"]).default("auto");

/** Error allowed in a softmax average by harmonics, of functions bounded by one. */
export const tolerance = z.number().min(1e-14).max(1e-2).default(1e-12);

export function checkAttention({
  attention: sums,
  dimension: d,
}: {
  attention: string;
  dimension: number;
}): void {
  if (sums === "harmonic" && d > 3) {
    refuse("model.attention", `"harmonic" works in dimension 2 and 3, not ${d}; want "direct" or "auto"`);
  }
}
