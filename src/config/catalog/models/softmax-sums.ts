import * as z from "zod";
import { degreeNeeded } from "../../../spectral/degree-needed.js";
import { harmonicIsCheaper } from "../../../spectral/harmonic-cost.js";
import type { SumsOf } from "../../contract/attention-size.js";
import { refuse } from "../../contract/config-error.js";
import { LARGEST } from "../../contract/keys.js";

export const attention = z
  .enum(["auto", "direct", "harmonic"])
  .default("auto")
  .describe("how softmax sums are done: pair by pair, by harmonics (d = 2, 3), or whichever is cheaper");

export const tolerance = z
  .number()
  .min(1e-14)
  .max(1e-2)
  .default(1e-12)
  .describe("error allowed in a softmax average by harmonics, of functions bounded by one");

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

/** Refuses matrices A with entries of this size, whose scores beta <A x, y> or their squares are no numbers any more. */
export function checkScores(path: string, beta: number, entry: number, d: number): void {
  if (!(Math.abs(beta) * entry * d <= LARGEST)) {
    refuse(
      path,
      `makes scores beta <A x, y> that are too large at model.beta ${beta}; want at most ${LARGEST}`,
    );
  }
}

/** Size of the largest entry. */
export function largestOf(rows: readonly (readonly number[] | Float64Array)[]): number {
  let largest = 0;
  for (const row of rows) for (const v of row) largest = Math.max(largest, Math.abs(v));
  return largest;
}

/** Longest tilt beta A x for which a degree of harmonics is worth asking for. */
const LONGEST_TILT = 1e5;

/** How the sums over n points are likely done, for matrices A with entries of about this size. */
export function sumsOf(
  {
    attention: sums,
    dimension: d,
    beta,
    tolerance: allowed,
  }: {
    readonly attention: z.output<typeof attention>;
    readonly dimension: number;
    readonly beta: number;
    readonly tolerance: number;
  },
  n: number,
  entry: number,
): SumsOf {
  const tilt = Math.abs(beta) * d * entry;
  if (sums === "harmonic") return "harmonic";
  if (sums === "direct" || d > 3 || n < 128 || tilt > LONGEST_TILT) return "direct";
  return harmonicIsCheaper(d === 2 ? 2 : 3, n, degreeNeeded(d, tilt, allowed)) ? "harmonic" : "direct";
}
