import * as z from "zod";
import { affine as model } from "../../../models/gallery/affine.js";
import type { AffineField } from "../../../models/gallery/affine-field.js";
import { checkAll } from "../../contract/config-error.js";
import { checkLength, checkMatrix, flat, matrix, row } from "../../contract/keys.js";
import { modelEntry } from "../../contract/model-entry.js";
import { NUMBER } from "../../contract/size.js";

/** x -> matrix x + offset; what is left out is zero. */
const field = z.strictObject({
  matrix: matrix.optional().describe("[d][d]"),
  offset: row.optional().describe("[d]"),
});

const fieldOf = ({ matrix: A, offset }: z.output<typeof field>): AffineField => ({
  ...(A && { matrix: flat(A) }),
  ...(offset && { offset: Float64Array.from(offset) }),
});

/** Particles in R^d that share their noise and nothing else. */
export const affine = modelEntry({
  name: "affine",
  schema: z.strictObject({
    name: z.literal("affine"),
    dimension: z.number().int().min(1).max(4096).describe("d: particles live in R^d"),
    calculus: z.enum(["ito", "stratonovich"]).default("ito").describe("how the stochastic integral is meant"),
    drift: field.optional().describe("zero unless given"),
    noise: z.array(field).min(1).describe("one field for every channel of the common noise"),
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
      checkAll([
        () => A && checkMatrix(`${path}.matrix`, A, d),
        () => offset && checkLength(`${path}.offset`, offset, d),
      ]);
    };
    checkAll([
      () => drift && check("model.drift", drift),
      ...noise.map((one, k) => () => check(`model.noise[${k}]`, one)),
    ]);
  },
  channels: ({ noise }) => noise.length,
  size: ({ dimension: d, noise }, { count: n, derivatives, area }) => {
    const [K, square] = [noise.length, d * d];
    const terms = area ? K * K : derivatives ? K : 0;
    return [
      {
        key: d > K ? "model.dimension" : "model.noise",
        what: "the matrices of the fields",
        bytes: NUMBER * (K * K + (K + 3) * square),
        operations: K * square + n * square + terms * square * d,
      },
    ];
  },
  build: ({ name, dimension: d, calculus, drift, noise }) =>
    model({ name, dimension: d, calculus, drift: drift && fieldOf(drift), noise: noise.map(fieldOf) }),
});
