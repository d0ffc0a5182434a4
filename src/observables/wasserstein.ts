import { atan2 } from "../numerics/arctangent.js";
import type { Measure } from "../types.js";
import { difference, exact, minus, plus, times } from "../numerics/double-double.js";
import { optimalTransport } from "../numerics/optimal-transport.js";
import { exponentOf, twoTo } from "../numerics/powers-of-two.js";
import { square } from "../numerics/square.js";
import { requireUnit } from "../sphere/require-unit.js";
import { checkLaws } from "./positive-part.js";

/** What moving a point costs: |x - y|^2 in R^d, or the squared angle between x and y on the sphere. */
export type Ground = "chordal" | "geodesic";

/**
 * The exact Wasserstein-2 distance of two weighted laws of any sizes, for the chordal distance |x - y| (default) or the
 * angle on the sphere. Chordal costs are exact for the coordinates as given, so the best pairing of near points is found
 * beside points however far (see `optimalTransport`, also for masses that differ by rounding). Good to a thousand points
 * or two; beyond that see `slicedWasserstein`. A RangeError for negative weights (see `positivePart`), and for points that
 * are no unit vectors where angles are asked for.
 */
export function wasserstein(mu: Measure, nu: Measure, ground: Ground = "chordal"): number {
  checkLaws("wasserstein", mu, nu);
  if (ground === "geodesic") {
    for (const law of [mu, nu]) requireUnit("wasserstein", law);
    return Math.sqrt(optimalTransport(angles(mu, nu), mu.weights, nu.weights).cost);
  }
  const unit = unitOf(mu, nu);
  const [x, y] = [mu, nu].map(({ points }) => points.map((v) => v / unit));
  const { count: m, dimension: d } = nu;
  const cost = new Float64Array(mu.count * m);
  for (let i = 0; i < mu.count; i++) {
    for (let j = 0; j < m; j++) {
      let apart = 0;
      for (let a = 0; a < d; a++) apart += square(x[i * d + a] - y[j * d + a]);
      cost[i * m + j] = apart;
    }
  }
  /* |x - y|^2 without rounding, minus what stands in `cost` */
  const low = (cell: number): number => {
    const [i, j] = [Math.floor(cell / m), cell % m];
    let square = exact(0);
    for (let a = 0; a < d; a++) {
      const gap = difference(x[i * d + a], y[j * d + a]);
      square = plus(square, times(gap, gap));
    }
    const { hi, lo } = minus(square, exact(cost[cell]));
    return hi + lo;
  };
  return unit * Math.sqrt(optimalTransport(cost, mu.weights, nu.weights, low).cost);
}

/** A power of two near the extent of both laws: squares of distances in this unit neither overflow nor vanish. */
function unitOf(mu: Measure, nu: Measure): number {
  let extent = 0;
  for (let a = 0; a < mu.dimension; a++) {
    let [least, most] = [Infinity, -Infinity];
    for (const { points, dimension } of [mu, nu]) {
      for (let o = a; o < points.length; o += dimension) {
        least = Math.min(least, points[o]);
        most = Math.max(most, points[o]);
      }
    }
    extent = Math.max(extent, most / 2 - least / 2);
  }
  return extent > 0 ? twoTo(Math.max(-1000, exponentOf(extent))) : 1;
}

/** [n,m] squared angles, 2 atan2(|x - y|, |x + y|), which keeps its digits near zero and near pi. */
function angles(mu: Measure, nu: Measure): Float64Array {
  const d = mu.dimension;
  const out = new Float64Array(mu.count * nu.count);
  for (let i = 0; i < mu.count; i++) {
    for (let j = 0; j < nu.count; j++) {
      let [apart, across] = [0, 0];
      for (let a = 0; a < d; a++) {
        apart += square(mu.points[i * d + a] - nu.points[j * d + a]);
        across += square(mu.points[i * d + a] + nu.points[j * d + a]);
      }
      out[i * nu.count + j] = square(2 * atan2(Math.sqrt(apart), Math.sqrt(across)));
    }
  }
  return out;
}
