import type { Measure } from "../types.js";
import { optimalTransport } from "../numerics/optimal-transport.js";
import { checkLaws } from "./positive-part.js";

/** What moving a point costs: |x - y|^2 in R^d, or the squared angle between x and y on the sphere. */
export type Ground = "chordal" | "geodesic";

/**
 * The exact Wasserstein-2 distance of two weighted laws of any sizes, for the chordal distance |x - y| (default) or the
 * angle on the sphere. Good to a thousand points or two; beyond that see `slicedWasserstein`. Negative weights are
 * refused (RangeError: see `positivePart`).
 */
export function wasserstein(mu: Measure, nu: Measure, ground: Ground = "chordal"): number {
  checkLaws("wasserstein", mu, nu);
  const d = mu.dimension;
  const cost = new Float64Array(mu.count * nu.count);
  for (let i = 0; i < mu.count; i++) {
    for (let j = 0; j < nu.count; j++) {
      let square = 0;
      for (let a = 0; a < d; a++) square += (mu.points[i * d + a] - nu.points[j * d + a]) ** 2;
      cost[i * nu.count + j] =
        /* chord = 2 sin(angle / 2), which unlike arccos keeps small angles */
        ground === "chordal" ? square : (2 * Math.asin(Math.min(1, Math.sqrt(square) / 2))) ** 2;
    }
  }
  return Math.sqrt(Math.max(0, optimalTransport(cost, mu.weights, nu.weights).cost));
}
