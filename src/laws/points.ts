import { hypot } from "../numerics/hypot.js";
import type { NumbersLike } from "../numerics/rows.js";
import { copyMeasure, flatten, measure, type PointsLike } from "../sphere/measure.js";
import { normalize } from "../sphere/retract.js";
import type { Manifold } from "../types.js";
import type { InitialLaw } from "./law.js";

/**
 * Given points [n,d] (rows or an ndarray), weights [n], 1/n unless given: every path starts there. On the sphere every point must have norm one
 * within 1e-9 and is then normalised to rounding; in R^d anything finite goes. A RangeError names the faulty point or a
 * negative weight, and later the number of tokens asked for when it is not n.
 */
export function pointsLaw(
  points: PointsLike,
  weights?: NumbersLike,
  manifold: Manifold = "sphere",
): InitialLaw {
  const law = measure(points, weights);
  const { data, count, dimension } = flatten(points);
  if (manifold === "sphere") {
    for (let i = 0; i < count; i++) {
      const norm = hypot(...data.subarray(i * dimension, (i + 1) * dimension));
      if (!(Math.abs(norm - 1) < 1e-9)) throw new RangeError(`points[${i}]: has norm ${norm}, want 1`);
    }
    normalize(law.points, dimension);
  }
  const start = (n: number) => {
    if (n !== count) throw new RangeError(`pointsLaw: ${n} tokens asked for where ${count} points are given`);
    return copyMeasure(law);
  };
  return { name: "points", dimension, sample: start, quasi: start };
}
