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
    /** L. Time is that of the model: eta^2 l / H on the diffusive clock, eta l on that of the layers. */
    layers: count,
    every: count.default(1),
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
    if (eta !== clock.eta) differs("eta", eta, clock.eta);
    if (clock.heads !== null && heads !== clock.heads) differs("heads", heads, clock.heads);
  },
  grid: ({ eta, layers, heads, every }, clock) => ({
    horizon: clock === "diffusive" ? (eta * eta * layers) / heads : eta * layers,
    steps: layers,
    every,
  }),
  build({ heads: headsPerLayer, eta }, { heads, tokens }) {
    if (!heads) throw new ConfigError("model.name: no heads to draw");
    const { heads: law, beta } = heads;
    return { evolution: solver({ heads: law, beta, headsPerLayer, eta, initial: tokens }) };
  },
});
