import type { Barycentres } from "./barycentres.js";
import { cheapestBarycentres } from "./cheapest-barycentres.js";
import { directBarycentres } from "./direct-barycentres.js";
import { harmonicBarycentres } from "./harmonic-barycentres.js";

/** Fewer points than this are summed pair by pair: the harmonics would cost more at any temperature. */
const FEW = 128;

export type AttentionSums = "auto" | "direct" | "harmonic";

/**
 * How the softmax sums are done for n points in dimension d. "auto" takes, at every freeze, what is cheaper for the law and the
 * temperature: harmonics in dimension 2 and 3 for many points, products of matrices else. The harmonics' error stays below
 * `tolerance` (1e-12) for averages of functions bounded by one.
 */
export function chooseBarycentres(sums: AttentionSums, tolerance = 1e-12) {
  return (n: number, d: number, M: number, beta: number): Barycentres => {
    if (sums === "harmonic") return harmonicBarycentres({ tolerance, method: "harmonic" })(n, d, M, beta);
    if (sums === "auto" && (d === 2 || d === 3) && n >= FEW)
      return cheapestBarycentres(n, d, M, beta, tolerance);
    return directBarycentres(n, d, M, beta);
  };
}
