import { displacing } from "../../src/models/displacing.js";
import { retract } from "../../src/sphere/retract.js";
import type { Scheme } from "../../src/types.js";
import { planTerms } from "./terms.js";

/**
 * Geometric Euler–Maruyama: x <- N(x + b h + sum_k g_k dW_k), N(y) = y/|y| on the sphere, the identity in R^d. The
 * retraction carries the -|g|^2 x h / 2 of the intrinsic Itô sense. Strong order 1/2 (1 for constant fields), weak
 * order 1. A Stratonovich model is stepped with its Itô drift b + C/2.
 */
export const eulerMaruyama: Scheme = {
  name: "euler-maruyama",
  strongOrder: 0.5,
  strongOrderWithoutArea: 0.5,
  weakOrder: 1,
  needsArea: "never",
  plan(model, n) {
    const d = model.dimension;
    const field = model.plan(n);
    const displace = displacing(field);
    const terms = planTerms(model, field, n, "ito");
    const v = new Float64Array(n * d);
    return {
      whole: model.manifold === "euclidean",
      ...(field.home && { home: field.home }),
      diagnostics: () => field.diagnostics?.() ?? {},
      step(cloud, { path, step, dt, dW }, kick) {
        field.redraw?.(path, step);
        field.freeze(cloud);
        if (displace && !kick) {
          return displace({ dt, dW, second: 0, shift: 0.5 * terms.sign * dt, area: null });
        }
        field.increment(dt, dW, v);
        if (terms.sign !== 0) terms.shift(dt, v);
        if (kick) terms.kick(kick, cloud.points, v);
        return retract(model.manifold, cloud.points, 1, v, d, cloud.points);
      },
    };
  },
};
