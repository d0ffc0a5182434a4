import * as z from "zod";
import { randomQuadraticForm as model } from "../../../models/gallery/random-quadratic-form.js";
import { dimension } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";

/** Gradient flow of a random quadratic form, d^2 channels. */
export const randomQuadraticForm = modelEntry({
  name: "random-quadratic-form",
  schema: z.strictObject({ name: z.literal("random-quadratic-form"), dimension }),
  example: { name: "random-quadratic-form", dimension: 3 },
  channels: ({ dimension: d }) => d * d,
  size: ({ dimension: d }, { count: n }) => [
    {
      key: n > d ? "initial.tokens" : "model.dimension",
      what: "the fields",
      bytes: NUMBER * (n * d + 2 * d * d),
      operations: 3 * n * d * d,
    },
  ],
  build: ({ dimension: d }) => model(d),
});
