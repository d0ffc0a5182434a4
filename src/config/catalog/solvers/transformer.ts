import * as z from "zod";
import { transformer as solver } from "../../../../solvers/transformer.js";
import { checkAll, ConfigError, refuse } from "../../contract/config-error.js";
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
    layers: count.describe(
      "L; time is that of the model: eta^2 l / H on the diffusive clock, eta l on that of the layers",
    ),
    every: count.default(1).describe("observe every so many layers"),
  }),
  example: { kind: "transformer", heads: 2, eta: 0.25, layers: 8 },
  starts: "tokens",
  followsPath: false,
  check({ eta, heads }, { drawsHeads, clock }) {
    if (!drawsHeads) {
      refuse(
        "solver.kind",
        `"transformer" draws heads: want model.name "homogenized", or "gaussian-attention" and a sigmaA`,
      );
    }
    if (clock === "diffusive") return;
    const differs = (key: string, own: number, model: number): never =>
      refuse(
        `solver.${key}`,
        `is ${own}, and model.clock.${key} is ${model}; want the layers whose limit the model is`,
      );
    checkAll([
      () => eta !== clock.eta && differs("eta", eta, clock.eta),
      () => clock.heads !== null && heads !== clock.heads && differs("heads", heads, clock.heads),
    ]);
  },
  grid: ({ eta, layers, heads, every }, clock) => ({
    horizon: clock === "diffusive" ? (eta * eta * layers) / heads : eta * layers,
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
      heads,
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
