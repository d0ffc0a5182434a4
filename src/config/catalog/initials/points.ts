import * as z from "zod";
import { pointsLaw } from "../../../laws/points.js";
import { checkAll, refuse, refusing } from "../../contract/config-error.js";
import {
  arrayOf,
  arraysOf,
  fileKeys,
  optionalArrayOf,
  weightsOf as weightsIn,
} from "../../contract/file-arrays.js";
import { initialEntry, type Home } from "../../contract/initial-entry.js";
import { checkRows, checkSum, checkUnit, matrix } from "../../contract/keys.js";

const schema = z.strictObject({
  kind: z.literal("points"),
  points: matrix.optional().describe("[n][d]: unit vectors, or any of R^d where the model lives there"),
  weights: z
    .array(z.number().nonnegative())
    .optional()
    .describe("[n]: they sum to one; 1/n each unless given"),
  /** A file with the arrays points [n,d] and, if they are not equal, weights [n]; or with nothing but points. */
  ...fileKeys,
});

type Config = z.output<typeof schema>;

/** Unit vectors of single precision have a norm this close to one. */
const SINGLE = 1e-6;

/** Tokens at given places, the same on every path. */
export const points = initialEntry({
  kind: "points",
  schema,
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
  check(config, home) {
    checkAll([
      () => checkKeys(config),
      () => {
        if (config.points) checkPoints(config.points, config.weights, home);
        else if (arraysOf(config)) checkFile(config, home);
      },
    ]);
  },
  build(config, home) {
    const rows = rowsOf(config, home);
    return pointsLaw(rows, weightsOf(config, rows.length), home.manifold);
  },
  // A file that was not read yet has some number of them.
  tokens: (config) => config.points?.length ?? arraysOf(config)?.points?.shape[0] ?? 0,
  weights: (config) => weightsOf(config),
  file: ({ file, sha256 }) => (file === undefined ? null : { at: ["initial"], file, sha256 }),
});

function checkKeys({ points: rows, weights, file, sha256 }: Config): void {
  checkAll([
    () => {
      if ((rows === undefined) !== (file === undefined)) return;
      refuse(
        rows ? "initial.file" : "initial.points",
        rows ? "is given beside points; want one of them" : "is missing; want points, or a file of them",
      );
    },
    () => {
      if (weights && !rows) refuse("initial.weights", "are those of the file; leave them out");
    },
    () => {
      if (sha256 !== undefined && file === undefined) {
        refuse("initial.sha256", "is the digest of no file; leave it out");
      }
    },
  ]);
}

function checkPoints(
  rows: readonly (readonly number[])[],
  weights: readonly number[] | undefined,
  { dimension, manifold }: Home,
): void {
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
}

function checkFile(config: Config, home: Home): void {
  const rows = rowsOf(config, home);
  const weights = weightsOf(config, rows.length);
  refusing(`initial.file: "${config.file}": `, () => pointsLaw(rows, weights, home.manifold));
}

/** The points, wherever they are given. Throws a ConfigError when their file was not read. */
function rowsOf(config: Config, { dimension: d, manifold }: Home): readonly (readonly number[])[] {
  if (config.points) return config.points;
  const found = arrayOf("initial", config, "points", ["n", d]);
  const rows = Array.from({ length: found.shape[0] }, (_, i) =>
    Array.from(found.data.subarray(i * d, (i + 1) * d)),
  );
  return manifold === "sphere" && found.data instanceof Float32Array ? rows.map(sharpened) : rows;
}

/** A unit vector of single precision in double precision; any other as it is. */
function sharpened(x: readonly number[]): readonly number[] {
  const norm = Math.hypot(...x);
  return Math.abs(norm - 1) <= SINGLE ? x.map((v) => v / norm) : x;
}

function weightsOf(config: Config, n?: number): readonly number[] | undefined {
  if (config.points) return config.weights;
  // A file that was not read yet has none.
  if (!arraysOf(config)) return undefined;
  const found = optionalArrayOf("initial", config, "weights", [n ?? "n"]);
  return found ? weightsIn(found) : undefined;
}
