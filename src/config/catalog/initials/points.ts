import { z } from "zod";
import { pointsLaw } from "../../../laws/points.js";
import { checkAll, refuse } from "../../contract/config-error.js";
import { initialEntry } from "../../contract/initial-entry.js";
import { checkRows, checkSum, checkUnit, matrix } from "../../contract/keys.js";

/** Tokens at given places, the same on every path. */
export const points = initialEntry({
  kind: "points",
  schema: z.strictObject({
    kind: z.literal("points"),
    points: matrix.describe("[n][d]: unit vectors, or any of R^d where the model lives there"),
    weights: z
      .array(z.number().nonnegative())
      .optional()
      .describe("[n]: they sum to one; 1/n each unless given"),
  }),
  example: {
    kind: "points",
    points: [
      [1, 0, 0],
      [0, 0.6, 0.8],
    ],
  },
  hasDensity: false,
  euclidean: true,
  given: true,
  check({ points: rows, weights }, { dimension, manifold }) {
    checkAll([
      () => checkRows("initial.points", rows, dimension, " as model.dimension says"),
      ...rows.map((x, i) => () => {
        if (manifold === "sphere" && x.length === dimension) checkUnit(`initial.points[${i}]`, x, dimension);
      }),
      () => {
        if (!weights) return;
        if (weights.length !== rows.length) {
          refuse("initial.weights", `has ${weights.length} numbers for ${rows.length} points`);
        }
        checkSum("initial.weights", weights);
      },
    ]);
  },
  build: ({ points: rows, weights }, { manifold }) => pointsLaw(rows, weights, manifold),
  tokens: ({ points: rows }) => rows.length,
  weights: ({ weights }) => weights,
});
