import { project } from "../../src/sphere/project.js";
import { retract } from "../../src/sphere/retract.js";
import type { Scheme } from "../../src/types.js";
import { planTerms } from "./terms.js";

/**
 * Stochastic Heun, the trapezoidal predictor–corrector for dX = b dt + sum_k g_k ∘ dW^k: predict along
 * v = b h + F(x), then move along the mean of v and the field at the predicted point. Consistent with Stratonovich
 * noise without any derivative; strong order 1 for commuting fields, 1/2 otherwise (Rümelin 1982). An Itô model is
 * stepped with its Stratonovich drift b - C/2. On the sphere the mean is taken in ambient coordinates and made
 * tangent, which changes the step by less than its own error.
 */
export const heun: Scheme = {
  name: "heun",
  strongOrder: 1,
  strongOrderWithoutArea: 0.5,
  weakOrder: 1,
  needsArea: "never",
  plan(model, n) {
    const { dimension: d, manifold } = model;
    const size = n * d;
    const field = model.plan(n);
    const terms = planTerms(model, field, n, "stratonovich");
    const v = new Float64Array(size);
    const w = new Float64Array(size);
    const predicted = new Float64Array(size);
    return {
      whole: manifold === "euclidean",
      diagnostics: () => field.diagnostics?.() ?? {},
      step(cloud, { path, step, dt, dW }, kick) {
        const x = cloud.points;
        const evaluate = (points: Float64Array, out: Float64Array): void => {
          field.freeze({ ...cloud, points });
          field.increment(dt, dW, out);
          terms.shift(dt, out);
          terms.kick(kick, points, out);
        };
        field.redraw?.(path, step);
        evaluate(x, v);
        retract(manifold, x, 1, v, d, predicted);
        evaluate(predicted, w);
        for (let i = 0; i < size; i++) v[i] = 0.5 * (v[i] + w[i]);
        if (manifold === "sphere") project(x, v, d);
        return retract(manifold, x, 1, v, d, x);
      },
    };
  },
};
