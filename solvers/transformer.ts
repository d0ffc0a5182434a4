import { multiply } from "../src/numerics/matrix.js";
import { checkOptions, maybe, type Shape } from "../src/numerics/options.js";
import { START } from "../src/numerics/shapes.js";
import type { Barycentres } from "../src/models/attention/barycentres.js";
import { chooseBarycentres } from "../src/models/attention/choose-barycentres.js";
import type { LayerStep } from "../src/models/attention/corrector.js";
import type { HeadLaw } from "../src/models/heads/gaussian-heads.js";
import { blankHead, sampleHead } from "../src/models/heads/head.js";
import { addPerceptron } from "../src/models/heads/perceptron.js";
import { project } from "../src/sphere/project.js";
import { retract } from "../src/sphere/retract.js";
import type { Evolution } from "../src/types.js";
import { started, type Start } from "./start.js";

export interface Transformer {
  readonly heads: HeadLaw;
  /** H, heads a layer. */
  readonly headsPerLayer: number;
  /** eta, the residual step. */
  readonly eta: number;
  /** Inverse temperature. */
  readonly beta: number;
  readonly initial: Start;
  /** How the softmax sums are done for n points; chosen by cost unless given. */
  readonly barycentres?: (n: number, d: number, M: number, beta: number) => Barycentres;
  /** "ambient" (the formula below) unless given; "tangent" projects the residual by P_x before it is added. */
  readonly layerStep?: LayerStep;
}

const HEAD_LAW: Shape = {
  what: "a law of heads, such as gaussianHeads({ ... })",
  members: { name: "string", dimension: "whole", sample: "function", perceptron: maybe("object") },
};

/**
 * The random deep transformer: one layer is
 *
 *     x_i <- N( x_i + (eta/H) sum_{h=1..H} V_h m_{beta,A_h}[mu_X](x_i) ),
 *
 * with fresh weights every layer and head, a function of (seed, path, layer, head) alone (arXiv:2604.01978, section 2).
 * A law with a perceptron block adds it to every head's field.
 * It draws its own weights and ignores the common noise it is offered: it agrees with the limit in law. A token that a layer
 * takes to zero has no direction: the step throws `Stopped`. Throws a RangeError for options that make no sense.
 */
export function transformer(options: Transformer): Evolution {
  checkOptions("transformer", options, {
    heads: HEAD_LAW,
    headsPerLayer: "whole",
    eta: "number",
    beta: "number",
    initial: START,
    barycentres: maybe("function"),
    layerStep: maybe(["ambient", "tangent"]),
  });
  const { heads, headsPerLayer: H, eta, beta, initial, barycentres, layerStep = "ambient" } = options;
  const { law, reset, whole } = started(initial, { dimension: heads.dimension, manifold: "sphere" });
  const { count: n, dimension: d } = law;
  const layer = Array.from({ length: H }, () => blankHead(heads));
  const A = layer.map((head) => head.A);
  const residual = new Float64Array(n * d);
  const bary = (barycentres ?? chooseBarycentres("auto"))(n, d, H, beta);
  const image = new Float64Array(d);
  return {
    law,
    reset,
    advance: whole(({ path, step }) => {
      const x = law.points;
      for (let h = 0; h < H; h++) sampleHead(heads, path, step, h, layer[h]);
      bary.freeze(law, A);
      residual.fill(0);
      layer.forEach(({ V, perceptron }, h) => {
        for (let o = 0; o < n * d; o += d) {
          multiply(V, bary.values, h * n * d + o, d, image);
          for (let a = 0; a < d; a++) residual[o + a] += image[a];
          if (perceptron) addPerceptron(perceptron, x, o, 1, residual, o);
        }
      });
      if (layerStep === "tangent") project(x, residual, d);
      retract("sphere", x, eta / H, residual, d, x);
    }),
    diagnostics: () => ({ points: n, heads: H, eta, ...bary.diagnostics() }),
  };
}
