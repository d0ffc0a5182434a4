import { addTo } from "../../src/numerics/add-to.js";
import { CLASSICAL } from "../../src/numerics/runge-kutta.js";
import { retract } from "../../src/sphere/retract.js";
import type { Manifold, Measure } from "../../src/types.js";

/**
 * Plans one classical Runge–Kutta step of length h along a vector field on all points at once, law and points moving:
 * `velocity` writes the field at the law it is given into out[n,d]. Stages are returned to the sphere, which extends the
 * field off it by V(y/|y|): the ODE stays smooth, its solution stays on the sphere, and the order four is kept.
 */
export function planRungeKutta(
  manifold: Manifold,
  dimension: number,
  count: number,
): (cloud: Measure, h: number, velocity: (law: Measure, out: Float64Array) => void) => void {
  const size = count * dimension;
  const start = new Float64Array(size);
  const stage = new Float64Array(size);
  const slope = new Float64Array(size);
  const sum = new Float64Array(size);
  return (cloud, h, velocity) => {
    const moving: Measure = { ...cloud, points: stage };
    start.set(cloud.points);
    slope.fill(0);
    sum.fill(0);
    for (const [node, weight] of CLASSICAL) {
      retract(manifold, start, node * h, slope, dimension, stage);
      velocity(moving, slope);
      addTo(sum, weight, slope);
    }
    retract(manifold, start, h, sum, dimension, cloud.points);
  };
}
