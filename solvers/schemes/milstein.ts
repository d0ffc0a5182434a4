import { addTo } from "../../src/numerics/add-to.js";
import { displacing } from "../../src/models/displacing.js";
import { retract } from "../../src/sphere/retract.js";
import type { Scheme } from "../../src/types.js";
import { planTerms } from "./terms.js";

/**
 * Milstein on the sphere and in R^d, with F = sum_k g_k dW_k frozen,
 *
 *     v = b h + F + 1/2 nabla_F F - h/2 C + sum_jk L_jk nabla_{g_j} g_k,   x <- N(x + v),
 *
 * nabla the covariant derivative with the law moving. Strong order 1 with the Lévy area L; without it only where the
 * fields commute, 1/2 elsewhere (Kloeden & Platen 1992, section 10.3, for R^d). A Stratonovich model has no -h/2 C.
 * Idiosyncratic noise enters to lowest order: with it the strong order is 1/2.
 */
export const milstein: Scheme = {
  name: "milstein",
  strongOrder: 1,
  strongOrderWithoutArea: 0.5,
  weakOrder: 1,
  needsArea: "unless-commuting",
  plan(model, n) {
    const d = model.dimension;
    const size = n * d;
    const field = model.plan(n);
    const displace = displacing(field);
    const terms = planTerms(model, field, n, "stratonovich");
    const F = new Float64Array(size);
    const v = new Float64Array(size);
    const along = new Float64Array(size);
    return {
      whole: model.manifold === "euclidean",
      ...(field.home && { home: field.home }),
      diagnostics: () => field.diagnostics?.() ?? {},
      step(cloud, { path, step, dt, dW, area }, kick) {
        const x = cloud.points;
        field.redraw?.(path, step);
        field.freeze(cloud);
        if (displace && !kick) {
          return displace({ dt, dW, second: 0.5, shift: 0.5 * terms.sign * dt, area });
        }
        field.increment(0, dW, F);
        field.increment(dt, dW, v);
        field.derivative(0, dW, F, along);
        addTo(v, 0.5, along);
        terms.shift(dt, v);
        terms.bracket(area, v);
        terms.kick(kick, x, v);
        return retract(model.manifold, x, 1, v, d, x);
      },
    };
  },
};
