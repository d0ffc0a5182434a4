import { z } from "zod";
import { pointsLaw } from "../../../laws/points.js";
import { refuse } from "../../contract/config-error.js";
import { initialEntry } from "../../contract/initial-entry.js";
import { checkLength, checkSum, checkUnit, matrix, row } from "../../contract/keys.js";

/** Tokens at given places, the same on every path. */
export const points = initialEntry({
  kind: "points",
  schema: z.strictObject({ kind: z.literal("points"), points: matrix, weights: row.optional() }),
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
    const check = manifold === "euclidean" ? checkLength : checkUnit;
    rows.forEach((x, i) => check(`initial.points[${i}]`, x, dimension));
    if (!weights) return;
    if (weights.length !== rows.length) {
      refuse("initial.weights", `has ${weights.length} numbers for ${rows.length} points`);
    }
    weights.forEach((w, i) => {
      if (w < 0) refuse(`initial.weights[${i}]`, `is ${w}, want zero or more`);
    });
    checkSum("initial.weights", weights);
  },
  build: ({ points: rows, weights }, { manifold }) => pointsLaw(rows, weights, manifold),
  tokens: ({ points: rows }) => rows.length,
  weights: ({ weights }) => weights,
});
