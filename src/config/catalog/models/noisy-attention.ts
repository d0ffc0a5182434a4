import { z } from "zod";
import { noisyAttention as model } from "../../../models/attention/noisy-attention.js";
import { dimension, finite } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { attention, checkAttention } from "./softmax-sums.js";

/** Noisy unnormalized attention; its noise is solver.kappa. */
export const noisyAttention = modelEntry({
  name: "noisy-attention",
  schema: z.strictObject({
    name: z.literal("noisy-attention"),
    dimension,
    /** Inverse temperature. */
    beta: z.number().min(-700).max(700),
    /** K in the drift K P_x ∫ e^{beta <x,y>} y mu(dy). The noise is solver.kappa; there is no common one. */
    coupling: finite,
    attention,
  }),
  example: { name: "noisy-attention", dimension: 3, beta: 1, coupling: 2 },
  commonNoise: false,
  check: checkAttention,
  build: ({ dimension: d, beta, coupling, attention: sums }) => model({ dimension: d, beta, coupling, sums }),
});
