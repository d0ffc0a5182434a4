/** What JSON can hold. Typed arrays become lists. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | Float64Array
  | Int32Array
  | { readonly [key: string]: Json | undefined };

/**
 * JSON with keys in alphabetical order and numbers at full precision: the same value gives the same bytes in every
 * process. Keys whose value is undefined are left out. Throws a RangeError naming the path of a number that is not finite.
 */
export function stableJson(value: Json, indent = 2): string {
  return JSON.stringify(ordered(value, "$"), null, indent);
}

function ordered(value: Json, path: string): Json {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${path}: ${value} has no place in JSON`);
    return value;
  }
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return Array.from(value, (entry, i) => ordered(entry, `${path}[${i}]`));
  const entries = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    // By code unit, not by locale: the order must not depend on the machine.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => [key, ordered(entry, `${path}.${key}`)] as const);
  return Object.fromEntries(entries);
}

function isList(value: object): value is readonly Json[] | Float64Array | Int32Array {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
