import * as z from "zod";
import { checkAll, refuse } from "./config-error.js";

/** The kinds of values that keys of a configuration hold. */

export const finite = z.number();
export const positive = z.number().positive();
export const count = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31);

/** Squares and cubes of sizes up to this, and of their inverses, are numbers. */
export const LARGEST = 1e100;

/** A size that is multiplied with itself on the way. */
export const size = positive.max(LARGEST);
export const row = z.array(finite);
export const matrix = z.array(row).min(1);

/** d of the sphere S^{d-1}. */
export const dimension = z
  .number()
  .int()
  .min(2)
  .max(4096)
  .describe("d: tokens live on the unit sphere of R^d");

/** Highest degree of harmonics. */
export const lmax = z.number().int().min(1).max(511);

/** Uniform steps of a solver on [0, horizon]. */
export const grid = {
  horizon: size.describe("the time at which the run ends"),
  steps: count.describe("uniform steps from 0 to the horizon"),
  every: count.default(1).describe("observe every so many steps"),
  finest: count
    .optional()
    .describe(
      "steps of the grid that a path is drawn on, `steps` doubled some number of times: runs with one seed and one such " +
        "grid follow one path, whatever their steps; `steps` unless given, and then another number of steps is another path",
    ),
};

export const area = z
  .enum(["auto", "full", "none"])
  .default("auto")
  .describe(
    "Lévy areas: drawn where the scheme needs them and there are at most 1024 channels, insisted on, or left out",
  );

export const substeps = count.default(1).describe("pseudo-time substeps of the log-ODE");

export const kappa = z
  .number()
  .nonnegative()
  .max(LARGEST)
  .default(0)
  .describe("intensity of an independent noise per token");

/** One of the names, or another name that stands for one of them. */
export const named = <Name extends string>(
  names: readonly Name[],
  aliases: Readonly<Record<string, Name>> = {},
) =>
  z
    .preprocess(
      (v) => (typeof v === "string" && Object.hasOwn(aliases, v) ? aliases[v] : v),
      z.enum(names as readonly [Name, ...Name[]]),
    )
    // A JSON Schema cannot see through the aliases.
    .meta({ type: "string", enum: [...names, ...Object.keys(aliases)] });

/** Points are taken as unit vectors when their norm is this close to one; they are then normalized exactly. */
const UNIT = 1e-9;

export function checkMatrix(path: string, A: readonly (readonly number[])[], d: number): void {
  if (A.length !== d) refuse(path, `has ${A.length} rows, want ${d} as model.dimension says`);
  checkRows(path, A, d);
}

/** Rows of so many numbers. Where all have the same other length the first speaks for them. */
export function checkRows(
  path: string,
  rows: readonly (readonly number[])[],
  length: number,
  why = "",
): void {
  const alike = rows.length > 1 && rows.every((r) => r.length === rows[0].length);
  checkAll(
    (alike ? rows.slice(0, 1) : rows).map((r, i) => () => {
      if (r.length === length) return;
      refuse(`${path}[${i}]`, `has ${r.length} numbers${alike ? " as every row" : ""}, want ${length}${why}`);
    }),
  );
}

/** Entries that can be multiplied with themselves on the way. */
export function checkEntries(path: string, entries: Float64Array): void {
  const odd = entries.find((v) => !(Math.abs(v) <= LARGEST));
  if (odd !== undefined) refuse(path, `has the entry ${odd}, want none beyond ${LARGEST}`);
}

export function checkLength(path: string, x: readonly number[], d: number): void {
  if (x.length !== d) refuse(path, `has ${x.length} numbers, want ${d} as model.dimension says`);
}

export function checkUnit(path: string, x: readonly number[], d: number): void {
  checkLength(path, x, d);
  const norm = Math.hypot(...x);
  if (!(Math.abs(norm - 1) < UNIT)) refuse(path, `has norm ${norm}, want a unit vector`);
}

/** Weights must sum to one. */
export function checkSum(path: string, weights: readonly number[], subject = "sum"): void {
  const sum = weights.reduce((s, w) => s + w, 0);
  if (!(Math.abs(sum - 1) < UNIT)) refuse(path, `${subject} to ${sum}, want 1`);
}

/** [d,d] row by row. */
export const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());
