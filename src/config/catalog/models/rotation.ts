import * as z from "zod";
import { rotated } from "../../../exact/rotated.js";
import { rotation as model } from "../../../models/gallery/rotation.js";
import { refusing } from "../../contract/config-error.js";
import { checkMatrix, dimension, flat, matrix } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";

/** Rotation about an axis driven by one Brownian motion. */
export const rotation = modelEntry({
  name: "rotation",
  schema: z.strictObject({
    name: z.literal("rotation"),
    dimension,
    generator: matrix
      .optional()
      .describe(
        "[d][d]: Omega in dX = Omega X ∘ dW, skew; turns the first axis into the second unless given",
      ),
  }),
  example: { name: "rotation", dimension: 3 },
  check({ generator, dimension: d }) {
    if (!generator) return;
    checkMatrix("model.generator", generator, d);
    refusing("model.", () => model(d, flat(generator)));
  },
  channels: () => 1,
  size: ({ dimension: d }, { count: n }) => [
    {
      key: n > d ? "initial.tokens" : "model.dimension",
      what: "the fields",
      bytes: NUMBER * (n * d + 2 * d * d),
      operations: 3 * n * d * d,
    },
  ],
  build: ({ dimension: d, generator }) => model(d, generator && flat(generator)),
  exactPath:
    ({ dimension: d, generator }) =>
    (points, [angle]) =>
      rotated(points, d, angle, generator && flat(generator)),
});
