import { square } from "../numerics/square.js";
import { requireUnit } from "../sphere/require-unit.js";
import type { Observable } from "../types.js";

/**
 * The number of clusters by single linkage: connected components of the graph that joins two points when their
 * overlap exceeds `threshold`. The default 0.99 joins points within 8.1 degrees (arccos 0.99) of each other.
 * Only points of weight above `pointMass` count (0 by default: nodes a truncated density gives no mass, or less, are
 * left out), and only components of total weight above `clusterMass` (0 by default: a lone token is a cluster).
 * Overlaps are compared through |x - y|^2 = 2 - 2 <x, y>, which keeps its digits for thresholds near one. A RangeError for
 * points that are no unit vectors, whose overlap is no cosine. Costs O(n^2 d).
 */
export function clusterCount(threshold = 0.99, pointMass = 0, clusterMass = 0): Observable {
  if (!(threshold >= -1 && threshold < 1))
    throw new RangeError(`clusterCount: threshold ${threshold}, want an overlap from -1 to below 1`);
  const within = 2 * (1 - threshold);
  return (law) => {
    requireUnit("clusterCount", law);
    const { count, dimension: d, points, weights } = law;
    const parent = Int32Array.from({ length: count }, (_, i) => i);
    const root = (i: number): number => {
      while (parent[i] !== i) i = parent[i] = parent[parent[i]];
      return i;
    };
    for (let i = 0; i < count; i++) {
      if (!(weights[i] > pointMass)) continue;
      for (let j = 0; j < i; j++) {
        if (!(weights[j] > pointMass)) continue;
        let apart = 0;
        for (let a = 0; a < d; a++) apart += square(points[i * d + a] - points[j * d + a]);
        if (apart < within) parent[root(i)] = root(j);
      }
    }
    const mass = new Float64Array(count);
    for (let i = 0; i < count; i++) if (weights[i] > pointMass) mass[root(i)] += weights[i];
    return mass.reduce((clusters, m) => clusters + (m > clusterMass && m > 0 ? 1 : 0), 0);
  };
}
