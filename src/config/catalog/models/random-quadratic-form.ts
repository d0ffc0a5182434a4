import { z } from "zod";
import { randomQuadraticForm as model } from "../../../models/gallery/random-quadratic-form.js";
import { dimension } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";

/** Gradient flow of a random quadratic form, d^2 channels. */
export const randomQuadraticForm = modelEntry({
  name: "random-quadratic-form",
  schema: z.strictObject({ name: z.literal("random-quadratic-form"), dimension }),
  example: { name: "random-quadratic-form", dimension: 3 },
  channels: ({ dimension: d }) => d * d,
  build: ({ dimension: d }) => model(d),
});
