import type { NdArray } from "ndarray";

/** Throws a RangeError unless `array` has the shape `want`. */
export function requireSameShape(what: string, array: NdArray, want: readonly number[]): void {
  const { shape } = array;
  if (shape.length !== want.length || shape.some((size, axis) => size !== want[axis]))
    throw new RangeError(`${what}: an array of shape [${shape}], want [${want}]`);
}
