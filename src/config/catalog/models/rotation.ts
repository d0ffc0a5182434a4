import { z } from "zod";
import { rotated } from "../../../exact/rotated.js";
import { rotation as model } from "../../../models/gallery/rotation.js";
import { checkMatrix, dimension, flat, matrix } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";

/** Rotation about an axis driven by one Brownian motion. */
export const rotation = modelEntry({
  name: "rotation",
  schema: z.strictObject({ name: z.literal("rotation"), dimension, generator: matrix.optional() }),
  example: { name: "rotation", dimension: 3 },
  check({ generator, dimension: d }) {
    if (generator) checkMatrix("model.generator", generator, d);
  },
  build: ({ dimension: d, generator }) => model(d, generator && flat(generator)),
  exactPath:
    ({ dimension: d, generator }) =>
    (points, [angle]) =>
      rotated(points, d, angle, generator && flat(generator)),
});
