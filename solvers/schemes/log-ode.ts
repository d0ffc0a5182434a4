import { CLASSICAL } from "../../src/numerics/runge-kutta.js";
import { retract } from "../../src/sphere/retract.js";
import type { Measure, Model, Scheme } from "../../src/types.js";
import { frozenField } from "./frozen-field.js";

/**
 * The log-ODE (Castell–Gaines) scheme: the flow for unit time along the frozen field
 *
 *     b h + F - h/2 C + sum_{j<k} L_jk [g_j, g_k],   F = sum_k g_k dW_k,
 *
 * law and points moving, by `substeps` steps of classical RK4 in pseudo-time. Strong order 1 with the Lévy area;
 * without it ("the frozen-field flow") only where the fields commute (Castell & Gaines 1995). It preserves the sphere.
 */
export function logOde(substeps = 1): Scheme {
  return {
    name: "flow",
    strongOrder: 1,
    strongOrderWithoutArea: 0.5,
    weakOrder: 1,
    needsArea: "unless-commuting",
    plan: (model, n) => planFlow(model, n, substeps),
  };
}

function planFlow(model: Model, n: number, substeps: number): ReturnType<Scheme["plan"]> {
  const { manifold, dimension: d } = model;
  const size = n * d;
  const field = frozenField(model, n);
  const start = new Float64Array(size);
  const stage = new Float64Array(size);
  const velocity = new Float64Array(size);
  const sum = new Float64Array(size);
  return {
    diagnostics: () => field.diagnostics(),
    step(cloud, interval, kick) {
      const x = cloud.points;
      const moving: Measure = { ...cloud, points: stage };
      const h = 1 / substeps;
      field.start(interval, kick);
      for (let s = 0; s < substeps; s++) {
        start.set(x);
        sum.fill(0);
        // Classical RK4. Stages are returned to the sphere, which extends the field off it by V(y/|y|): the ODE stays
        // smooth, its solution stays on the sphere, and the order is kept.
        for (let k = 0; k < 4; k++) {
          retract(manifold, start, CLASSICAL[k][0] * h, velocity, d, stage);
          field.velocity(moving, velocity);
          const weight = CLASSICAL[k][1];
          for (let i = 0; i < size; i++) sum[i] += weight * velocity[i];
        }
        retract(manifold, start, h, sum, d, x);
      }
    },
  };
}
