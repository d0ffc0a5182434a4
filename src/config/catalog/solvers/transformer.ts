import { z } from "zod";
import { transformer as solver } from "../../../../solvers/transformer.js";
import { ConfigError, refuse } from "../../contract/config-error.js";
import { count, size } from "../../contract/keys.js";
import { attentionSize } from "../../contract/attention-size.js";
import { NUMBER } from "../../contract/size.js";
import { solverEntry } from "../../contract/solver-entry.js";

/** The random transformer itself. */
export const transformer = solverEntry({
  kind: "transformer",
  schema: z.strictObject({
    kind: z.literal("transformer"),
    heads: count.describe("H, heads a layer"),
    eta: size.describe("residual step"),
    layers: count.describe("L; time is the diffusive clock eta^2 l / H"),
    every: count.default(1).describe("observe every so many layers"),
  }),
  example: { kind: "transformer", heads: 2, eta: 0.25, layers: 8 },
  starts: "tokens",
  followsPath: false,
  check(_config, { drawsHeads }) {
    if (!drawsHeads) {
      refuse(
        "solver.kind",
        `"transformer" draws Gaussian heads: want model.name "gaussian-attention" and a sigmaA`,
      );
    }
  },
  grid: ({ eta, layers, heads, every }) => ({
    horizon: (eta * eta * layers) / heads,
    steps: layers,
    every,
  }),
  moved: ({ heads }, tokens, dimension: number) => {
    const square = dimension * dimension;
    return {
      count: tokens,
      derivatives: false,
      usesArea: false,
      evaluations: 0,
      sizes: [
        {
          key: dimension > heads ? "model.dimension" : "solver.heads",
          what: "the heads of a layer",
          bytes: NUMBER * (2 * heads * (square + 20) + 9 * square),
          operations: heads * square * (dimension + 60),
        },
        {
          ...attentionSize(tokens, dimension, heads),
          key: tokens > heads ? "initial.tokens" : "solver.heads",
        },
      ],
    };
  },
  build({ heads: headsPerLayer, eta }, { heads, tokens }) {
    if (!heads) throw new ConfigError("model.name: no heads to draw");
    return { evolution: solver({ ...heads, headsPerLayer, eta, initial: tokens }) };
  },
});
