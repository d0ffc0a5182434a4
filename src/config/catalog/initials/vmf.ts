import * as z from "zod";
import { vmfMixture } from "../../../laws/vmf-mixture.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { initialEntry } from "../../contract/initial-entry.js";
import { checkSum, checkUnit, LARGEST, positive, row } from "../../contract/keys.js";
import { drawn } from "./placement.js";

/** A mixture of von Mises–Fisher laws. */
export const vmf = initialEntry({
  kind: "vmf",
  schema: z.strictObject({
    kind: z.literal("vmf"),
    ...drawn,
    components: z
      .array(
        z.strictObject({
          weight: positive.describe("its share of the law; all sum to one"),
          kappa: z.number().nonnegative().max(LARGEST).describe("concentration, 0 for the uniform law"),
          mean: row.min(2).describe("[d]: its mean direction, a unit vector"),
        }),
      )
      .min(1)
      .describe("the laws that are mixed"),
  }),
  example: { kind: "vmf", tokens: 8, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
  hasDensity: true,
  euclidean: false,
  given: false,
  check({ components, placement, tokens }, { dimension }) {
    checkAll([
      () => {
        if (placement === "quasi" && tokens !== undefined && tokens < components.length) {
          refuse(
            "initial.tokens",
            `${tokens} cannot serve ${components.length} components; want one for each`,
          );
        }
      },
      () =>
        checkSum(
          "initial.components",
          components.map(({ weight }) => weight),
          "weights sum",
        ),
      ...components.map(
        ({ mean }, c) =>
          () =>
            checkUnit(`initial.components[${c}].mean`, mean, dimension),
      ),
    ]);
  },
  build: ({ components }, { dimension }) => vmfMixture(dimension, components),
  tokens: ({ tokens }) => tokens,
});
