import { z } from "zod";
import { refuse } from "./config-error.js";

/** The kinds of values that keys of a configuration hold. */

export const finite = z.number();
export const positive = z.number().positive();
export const count = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31);
export const row = z.array(finite);
export const matrix = z.array(row).min(1);

/** d of the sphere S^{d-1}. */
export const dimension = z.number().int().min(2).max(4096);

/** Highest degree of harmonics. */
export const lmax = z.number().int().min(1).max(511);

/** Uniform steps of a solver on [0, horizon]. */
export const grid = {
  horizon: positive,
  steps: count,
  /** Observe every so many steps. */
  every: count.default(1),
  /**
   * Steps of the grid that a path is drawn on, `steps` doubled some number of times: runs with one seed and one such grid
   * follow one path, whatever their steps. `steps` unless given; then another number of steps is another path.
   */
  finest: count.optional(),
};

/** Lévy areas: drawn where the scheme needs them and K is not too large, insisted on, or left out. */
export const area = z.enum(["auto", "full", "none"]).default("auto");

/** Intensity of a noise per token. */
export const kappa = z.number().nonnegative().default(0);

/** One of the names, or another name that stands for one of them. */
export const named = <Name extends string>(
  names: readonly Name[],
  aliases: Readonly<Record<string, Name>> = {},
) =>
  z.preprocess(
    (v) => (typeof v === "string" && Object.hasOwn(aliases, v) ? aliases[v] : v),
    z.enum(names as readonly [Name, ...Name[]]),
  );

/** Points are taken as unit vectors when their norm is this close to one; they are then normalized exactly. */
const UNIT = 1e-9;

export function checkMatrix(path: string, A: readonly (readonly number[])[], d: number): void {
  if (A.length !== d) refuse(path, `has ${A.length} rows, want ${d} as model.dimension says`);
  A.forEach((r, a) => {
    if (r.length !== d) refuse(`${path}[${a}]`, `has ${r.length} numbers, want ${d}`);
  });
}

export function checkLength(path: string, x: readonly number[], d: number): void {
  if (x.length !== d) refuse(path, `has ${x.length} numbers, want ${d} as model.dimension says`);
}

export function checkUnit(path: string, x: readonly number[], d: number): void {
  checkLength(path, x, d);
  const norm = Math.hypot(...x);
  if (!(Math.abs(norm - 1) <= UNIT)) refuse(path, `has norm ${norm}, want a unit vector`);
}

/** Weights must sum to one. */
export function checkSum(path: string, weights: readonly number[], subject = "sum"): void {
  const sum = weights.reduce((s, w) => s + w, 0);
  if (Math.abs(sum - 1) > UNIT) refuse(path, `${subject} to ${sum}, want 1`);
}

/** [d,d] row by row. */
export const flat = (rows: readonly (readonly number[])[]): Float64Array => Float64Array.from(rows.flat());
