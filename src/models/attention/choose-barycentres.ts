import type { Barycentres } from "./barycentres.js";
import { directBarycentres } from "./direct-barycentres.js";
import { harmonicBarycentres } from "./harmonic-barycentres.js";

/** Fewer points than this are summed pair by pair: the harmonics would cost more at any temperature. */
const FEW = 128;

export type AttentionSums = "auto" | "direct" | "harmonic";

/**
 * How the softmax sums are done for n points in dimension d. "auto" takes harmonics in dimension 2 and 3 for many
 * points, and these sum directly again for laws and temperatures where that is cheaper. The harmonics' error stays
 * below `tolerance` (1e-12) for averages of functions bounded by one.
 */
export function chooseBarycentres(sums: AttentionSums, tolerance?: number) {
  return (n: number, d: number, M: number, beta: number): Barycentres => {
    const harmonic = sums === "harmonic" || (sums === "auto" && d <= 3 && n >= FEW);
    if (!harmonic) return directBarycentres(n, d, M, beta);
    return harmonicBarycentres({ tolerance, method: sums === "harmonic" ? "harmonic" : "auto" })(
      n,
      d,
      M,
      beta,
    );
  };
}
