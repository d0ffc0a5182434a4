import { checkOptions, maybe } from "../../src/numerics/options.js";
import type { Scheme } from "../../src/types.js";
import { frozenField } from "./frozen-field.js";
import { planRungeKutta } from "./pseudo-time.js";

/**
 * The log-ODE (Castell–Gaines) scheme: the flow for unit time along the frozen field
 *
 *     b h + F - h/2 C + sum_{j<k} L_jk [g_j, g_k],   F = sum_k g_k dW_k,
 *
 * law and points moving, by one step of classical RK4 in pseudo-time. Strong order 1 with the Lévy area; without it ("the
 * frozen-field flow") only where the fields commute (Castell & Gaines 1995). It preserves the sphere.
 */
export const logOde: Scheme = logOdeWith({});

export interface LogOdeOptions {
  /** Equal steps of RK4 in pseudo-time; 1 unless given. */
  readonly substeps?: number;
}

/** The log-ODE scheme with options. Throws a RangeError unless `substeps` is a whole number above zero. */
export function logOdeWith(options: LogOdeOptions): Scheme {
  checkOptions("logOdeWith", options, { substeps: maybe("number") });
  const { substeps = 1 } = options;
  if (!(Number.isInteger(substeps) && substeps >= 1)) {
    throw new RangeError(`substeps: ${substeps}, want a whole number of at least 1`);
  }
  return {
    name: "log-ode",
    strongOrder: 1,
    strongOrderWithoutArea: 0.5,
    weakOrder: 1,
    needsArea: "unless-commuting",
    plan(model, n) {
      const field = frozenField(model, n);
      const flow = planRungeKutta(model.manifold, model.dimension, n);
      return {
        diagnostics: () => field.diagnostics(),
        step(cloud, interval, kick) {
          field.start(interval, kick);
          for (let s = 0; s < substeps; s++) flow(cloud, 1 / substeps, field.velocity);
        },
      };
    },
  };
}
