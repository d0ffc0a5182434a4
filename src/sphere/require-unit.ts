import type { Measure } from "../types.js";

/** Points count as unit vectors when their norm is this close to one. */
const UNIT = 1e-9;

/** Throws a RangeError, naming the point and its norm, unless every point of a law that carries weight is a unit vector. */
export function requireUnit(what: string, { count, dimension: d, points, weights }: Measure): void {
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let o = i * d; o < (i + 1) * d; o++) square += points[o] * points[o];
    /* |x| - 1 = (|x|^2 - 1) / 2 to first order */
    if (weights[i] !== 0 && !(Math.abs(square - 1) <= 2 * UNIT))
      throw new RangeError(`${what}: point ${i} has norm ${Math.sqrt(square)}, want a unit vector`);
  }
}
