import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { rowsOfText } from "../config/read-increments.js";
import { decodeNpy, decodeNpz, type NpyArray } from "./npz.js";
import { reasonOf } from "./read-text.js";

/** What a file of arrays holds. */
export interface ReadArrays {
  readonly arrays: Readonly<Record<string, NpyArray>>;
  /** Digest of its bytes, in hexadecimal. */
  readonly sha256: string;
}

export const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The arrays of a file by its ending: an .npz archive; an .npy array, which gets the name `alone`;
 * a .json object of nested lists by name, or one nested list; rows of numbers in any other (commas, semicolons or blanks;
 * # comments). The RangeError is one sentence with the path in it.
 */
export function readArrays(path: string, alone: string): ReadArrays {
  const bytes = bytesOf(path);
  const sha256 = digestOf(bytes);
  try {
    return { arrays: decode(path, bytes, alone), sha256 };
  } catch (error) {
    throw new RangeError(`${path}: cannot be read: ${(error as Error).message}`);
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new RangeError(`${path}: cannot be read: ${reasonOf(error)}`);
  }
}

function decode(path: string, bytes: Uint8Array, alone: string): ReadArrays["arrays"] {
  if (path.endsWith(".npz")) return decodeNpz(bytes);
  if (path.endsWith(".npy")) return { [alone]: decodeNpy(bytes) };
  const text = new TextDecoder().decode(bytes);
  if (!path.endsWith(".json")) return { [alone]: nested(alone, rowsOfText(text)) };
  const value: unknown = JSON.parse(text);
  if (Array.isArray(value) || typeof value !== "object" || value === null) {
    return { [alone]: nested(alone, value) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, list]) => [name, nested(name, list)]));
}

/** Lists of lists of numbers, all of one length at each depth, as an array. Throws a RangeError for anything else. */
function nested(name: string, value: unknown): NpyArray {
  const shape: number[] = [];
  for (let at = value; Array.isArray(at); at = (at as unknown[])[0]) shape.push(at.length);
  if (shape.length === 0) throw new RangeError(`"${name}" is no list of numbers`);
  const data: number[] = [];
  const visit = (at: unknown, depth: number, place: string): void => {
    if (depth === shape.length) {
      if (typeof at !== "number" || !Number.isFinite(at)) {
        throw new RangeError(`${place} is not a finite number`);
      }
      data.push(at);
      return;
    }
    if (!Array.isArray(at) || at.length !== shape[depth]) {
      throw new RangeError(`${place} is not a list of ${shape[depth]} like the first`);
    }
    at.forEach((part, i) => visit(part, depth + 1, `${place}[${i}]`));
  };
  visit(value, 0, name);
  return { shape, data: Float64Array.from(data) };
}
