import { z } from "zod";
import { refuse } from "../../contract/config-error.js";

export const attention = z
  .enum(["auto", "direct", "harmonic"])
  .default("auto")
  .describe("how softmax sums are done: pair by pair, by harmonics (d = 2, 3), or whichever is cheaper");

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
