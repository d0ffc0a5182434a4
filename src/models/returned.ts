import { isShaped, numbersOf } from "../numerics/rows.js";

/**
 * A user's function writes `out`, which is zero before, or returns a list: the numbers of a list become those of `out`, and
 * must be the same ones where something was written. What an assignment leaves behind, a single number beside a written
 * `out`, means nothing. Anything else, and a list of another length, throws a RangeError that names the function.
 */
export function takeReturned(returned: unknown, out: Float64Array, model: string, label: string): void {
  if (returned === out) return;
  const wrote = isWritten(out);
  if (typeof returned !== "object" && (wrote || returned === 0)) return;
  const numbers = listOf(returned);
  const what = numbers ? listFault(numbers, out, wrote) : kindOf(returned);
  if (!numbers || what !== null) {
    throw new RangeError(
      `model "${model}": ${label} returned ${what}; want its ${out.length} numbers written into out, or a list of them`,
    );
  }
  for (let a = 0; a < out.length; a++) out[a] = numbers[a];
}

/** A loop: fields that end in an assignment come by here at every point. */
function isWritten(out: Float64Array): boolean {
  for (let a = 0; a < out.length; a++) if (out[a] !== 0) return true;
  return false;
}

function listOf(returned: unknown): ArrayLike<number> | null {
  if (typeof returned !== "object" || returned === null) return null;
  if (isShaped(returned)) return numbersOf(returned);
  return Array.isArray(returned) || ArrayBuffer.isView(returned) ? (returned as Float64Array) : null;
}

function listFault(numbers: ArrayLike<number>, out: Float64Array, wrote: boolean): string | null {
  if (numbers.length !== out.length) return `${numbers.length ?? 0} numbers`;
  for (let a = 0; a < out.length; a++) {
    if (typeof numbers[a] !== "number") return `a list with ${kindOf(numbers[a])} in it`;
    // Minus zero is zero.
    if (wrote && !Object.is(numbers[a] + 0, out[a] + 0)) return "one list and wrote another";
  }
  return null;
}

function kindOf(returned: unknown): string {
  if (returned instanceof Promise) return "a Promise";
  if (returned === null) return "null";
  return typeof returned === "number" ? `the number ${returned} alone` : `a value of type ${typeof returned}`;
}
