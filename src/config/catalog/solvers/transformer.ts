import { z } from "zod";
import { transformer as solver } from "../../../../solvers/transformer.js";
import { ConfigError, refuse } from "../../contract/config-error.js";
import { count, positive } from "../../contract/keys.js";
import { solverEntry } from "../../contract/solver-entry.js";

/** The random transformer itself. */
export const transformer = solverEntry({
  kind: "transformer",
  schema: z.strictObject({
    kind: z.literal("transformer"),
    /** H, heads a layer. */
    heads: count,
    /** Residual step. */
    eta: positive,
    /** L. Time is the diffusive clock eta^2 l / H. */
    layers: count,
    every: count.default(1),
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
  build({ heads: headsPerLayer, eta }, { heads, tokens }) {
    if (!heads) throw new ConfigError("model.name: no heads to draw");
    const { heads: law, beta } = heads;
    return { evolution: solver({ heads: law, beta, headsPerLayer, eta, initial: tokens }) };
  },
});
