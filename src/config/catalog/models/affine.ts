import { z } from "zod";
import { affine as model, type AffineField } from "../../../models/gallery/affine.js";
import { checkLength, checkMatrix, flat, matrix, row } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";

/** x -> matrix x + offset; what is left out is zero. */
const field = z.strictObject({ matrix: matrix.optional(), offset: row.optional() });

const fieldOf = ({ matrix: A, offset }: z.output<typeof field>): AffineField => ({
  ...(A && { matrix: flat(A) }),
  ...(offset && { offset: Float64Array.from(offset) }),
});

/** Particles in R^d that share their noise and nothing else. */
export const affine = modelEntry({
  name: "affine",
  schema: z.strictObject({
    name: z.literal("affine"),
    /** Of the Euclidean space the state lives in. */
    dimension: z.number().int().min(1).max(4096),
    calculus: z.enum(["ito", "stratonovich"]).default("ito"),
    drift: field.optional(),
    /** One field per channel of the common noise. */
    noise: z.array(field).min(1),
  }),
  example: {
    name: "affine",
    dimension: 2,
    drift: {
      matrix: [
        [-1, 0],
        [0, -1],
      ],
    },
    noise: [{ offset: [1, 0] }],
  },
  manifold: "euclidean",
  check({ dimension: d, drift, noise }) {
    const check = (path: string, { matrix: A, offset }: z.output<typeof field>): void => {
      if (A) checkMatrix(`${path}.matrix`, A, d);
      if (offset) checkLength(`${path}.offset`, offset, d);
    };
    if (drift) check("model.drift", drift);
    noise.forEach((one, k) => check(`model.noise[${k}]`, one));
  },
  build: ({ name, dimension: d, calculus, drift, noise }) =>
    model({ name, dimension: d, calculus, drift: drift && fieldOf(drift), noise: noise.map(fieldOf) }),
});
