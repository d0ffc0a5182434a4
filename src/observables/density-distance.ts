import type { Measure } from "../types.js";
import { positivePart } from "./positive-part.js";
import { projections } from "./projections.js";
import { slicedWasserstein } from "./sliced-wasserstein.js";
import { wasserstein } from "./wasserstein.js";

export interface DensityDistance {
  /** Wasserstein-2, chordal. */
  readonly distance: number;
  /** Negative mass that was taken away from the density before its positive part was scaled back to one. */
  readonly removed: number;
}

/**
 * The distance between a density on its quadrature nodes (the law of a density solver) and a cloud, both as weighted
 * points. "exact" for a few thousand points together, "sliced" (over `slices` directions, 64 unless given; at most the
 * exact one) for any. A density on nodes is itself off by up to the spacing of the nodes.
 */
export function densityDistance(
  density: Measure,
  cloud: Measure,
  method: "exact" | "sliced" = "exact",
  slices = 64,
): DensityDistance {
  const { law, removed } = positivePart(density);
  const distance =
    method === "exact"
      ? wasserstein(law, cloud)
      : slicedWasserstein(law, cloud, projections(density.dimension, slices));
  return { distance, removed };
}
