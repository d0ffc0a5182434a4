import * as z from "zod";
import { noisyAttention as model } from "../../../models/attention/noisy-attention.js";
import { attentionSize } from "../../contract/attention-size.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { dimension, finite } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";
import { attention, checkAttention } from "./softmax-sums.js";

/** Noisy unnormalized attention; its noise is solver.kappa. */
export const noisyAttention = modelEntry({
  name: "noisy-attention",
  schema: z.strictObject({
    name: z.literal("noisy-attention"),
    dimension,
    beta: z.number().min(-700).max(700).describe("inverse temperature"),
    coupling: finite.describe(
      "K in the drift K P_x ∫ e^{beta <x,y>} y mu(dy); the noise is solver.kappa, there is no common one",
    ),
    attention,
  }),
  example: { name: "noisy-attention", dimension: 3, beta: 1, coupling: 2 },
  check(config) {
    const { beta, coupling } = config;
    checkAll([
      () => checkAttention(config),
      () => {
        if (!Number.isFinite(coupling * Math.exp(Math.abs(beta)))) {
          refuse(
            "model.coupling",
            `${coupling} times e^|beta| is too large for a number at model.beta ${beta}; want less`,
          );
        }
      },
    ]);
  },
  channels: () => 0,
  size: ({ dimension: d, attention: sums }, { count: n, derivatives }) => {
    const once = attentionSize(n, d, 1, d <= 3 && (sums === "harmonic" || n > 1000) ? "harmonic" : "direct");
    const bytes = 8 * NUMBER * n * d;
    return [{ ...once, bytes, operations: (derivatives ? 3 : 1) * once.operations }];
  },
  build: ({ dimension: d, beta, coupling, attention: sums }) => model({ dimension: d, beta, coupling, sums }),
});
