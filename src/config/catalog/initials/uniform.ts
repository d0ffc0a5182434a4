import * as z from "zod";
import { uniformLaw } from "../../../laws/uniform.js";
import { initialEntry } from "../../contract/initial-entry.js";
import { drawn } from "./placement.js";

/** The uniform law on the sphere. */
export const uniform = initialEntry({
  kind: "uniform",
  schema: z.strictObject({ kind: z.literal("uniform"), ...drawn }),
  example: { kind: "uniform", tokens: 8 },
  hasDensity: true,
  euclidean: false,
  given: false,
  build: (_config, { dimension }) => uniformLaw(dimension),
  tokens: ({ tokens }) => tokens,
});
