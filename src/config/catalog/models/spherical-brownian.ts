import * as z from "zod";
import { sphericalBrownian as model } from "../../../models/gallery/spherical-brownian.js";
import { dimension } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";
import { exactDecay } from "./exact-decay.js";

/** Common spherical Brownian motion, d channels. */
export const sphericalBrownian = modelEntry({
  name: "spherical-brownian",
  schema: z.strictObject({ name: z.literal("spherical-brownian"), dimension }),
  example: { name: "spherical-brownian", dimension: 3 },
  channels: ({ dimension: d }) => d,
  size: ({ dimension: d }, { count: n }) => [
    {
      key: n > d ? "initial.tokens" : "model.dimension",
      what: "the fields",
      bytes: NUMBER * (n * d + 2 * d * d),
      operations: 3 * n * d * d,
    },
  ],
  build: ({ dimension: d }) => model(d),
  exactMean: ({ dimension: d }, question) => exactDecay(d, 1, question),
  exactMeans: '"spherical-brownian"',
});
