import * as z from "zod";
import { nearest } from "../../numerics/nearest.js";
import { refuse } from "./config-error.js";
import { quoted } from "./path-name.js";

/** An array of a file: row by row, the last axis fastest. */
export interface FileArray {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
}

/** The arrays of a file, by name. */
export type FileArrays = Readonly<Record<string, FileArray>>;

/** The keys of a part of a configuration that may name a file of arrays, relative to the configuration's own. */
export const fileKeys = {
  file: z
    .string()
    .min(1)
    .optional()
    .describe("a file of arrays beside the configuration: .npz, .npy, JSON or CSV"),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "want the 64 hexadecimal digits of a SHA-256 digest")
    .optional()
    .describe("digest of the file's bytes, in hexadecimal; with it no other file is taken"),
};

/** Where a configuration names a file of arrays. */
export interface FileReference {
  /** Keys from the top to the part that has the key `file`. */
  readonly at: readonly string[];
  readonly file: string;
  readonly sha256?: string;
}

/**
 * The arrays read for a part that names a file; undefined before they are. They are attached to the part itself, so that
 * they go wherever it goes, and are no key of its schema: nobody writes them down.
 */
export const arraysOf = (part: object): FileArrays | undefined =>
  "arrays" in part ? (part.arrays as FileArrays) : undefined;

/** The same where they are needed. Throws a ConfigError when the file was not read. */
export const readArraysOf = (path: string, part: { readonly file?: string }): FileArrays =>
  arraysOf(part) ??
  refuse(`${path}.file`, `"${part.file}" was not read; want a configuration read from a file beside it`);

/** The numbers of one array of a file, its shape compared, every one finite. Throws a ConfigError naming file and array. */
export function arrayOf(
  path: string,
  part: { readonly file?: string },
  name: string,
  shape: readonly (number | string)[],
): FileArray {
  const found = readArraysOf(path, part)[name];
  const where = `${path}.file`;
  if (!found) refuse(where, `"${part.file}" has no array "${name}"; want one of shape [${shape.join(",")}]`);
  if (
    found.shape.length !== shape.length ||
    shape.some((size, a) => typeof size === "number" && size !== found.shape[a]) ||
    found.data.length === 0
  ) {
    refuse(
      where,
      `"${part.file}" has "${name}" of shape [${found.shape.join(",")}], want [${shape.join(",")}] with at least one number`,
    );
  }
  // A loop: arrays of heads have millions of numbers.
  for (const v of found.data) {
    if (!Number.isFinite(v)) refuse(where, `"${part.file}" has ${v} in "${name}", want finite numbers`);
  }
  return found;
}

/**
 * The same of an array that a file may leave out, null then. Throws a ConfigError as well where one is named nearly so, which
 * would count for nothing.
 */
export function optionalArrayOf(
  path: string,
  part: { readonly file?: string },
  name: string,
  shape: readonly (number | string)[],
): FileArray | null {
  const arrays = readArraysOf(path, part);
  if (Object.hasOwn(arrays, name)) return arrayOf(path, part, name, shape);
  const near = Object.keys(arrays).find((other) => nearest(other, [name]) !== null);
  if (near === undefined) return null;
  return refuse(`${path}.file`, `"${part.file}" has an array ${quoted(near)}; did you mean "${name}"?`);
}

/** Weights of single precision are taken to sum to one when they do so up to this. */
const SINGLE = 1e-6;

/** Weights [M] of a file, those of single precision divided by their sum. */
export function weightsOf({ data }: FileArray): number[] {
  let sum = 0;
  for (const w of data) sum += w;
  const rounded = data instanceof Float32Array && Math.abs(sum - 1) <= SINGLE;
  return Array.from(data, (w) => (rounded ? w / sum : w));
}
