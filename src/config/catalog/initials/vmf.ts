import { z } from "zod";
import { vmfMixture } from "../../../laws/vmf-mixture.js";
import { initialEntry } from "../../contract/initial-entry.js";
import { checkSum, checkUnit, positive, row } from "../../contract/keys.js";
import { drawn } from "./placement.js";

/** A mixture of von Mises–Fisher laws. */
export const vmf = initialEntry({
  kind: "vmf",
  schema: z.strictObject({
    kind: z.literal("vmf"),
    ...drawn,
    components: z
      .array(z.strictObject({ weight: positive, kappa: z.number().nonnegative(), mean: row.min(2) }))
      .min(1),
  }),
  example: { kind: "vmf", tokens: 8, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
  hasDensity: true,
  euclidean: false,
  given: false,
  check({ components }, { dimension }) {
    components.forEach(({ mean }, c) => checkUnit(`initial.components[${c}].mean`, mean, dimension));
    checkSum(
      "initial.components",
      components.map(({ weight }) => weight),
      "weights sum",
    );
  },
  build: ({ components }, { dimension }) => vmfMixture(dimension, components),
  tokens: ({ tokens }) => tokens,
});
