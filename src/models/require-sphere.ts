/** Throws a RangeError unless R^d has a connected unit sphere. */
export function requireSphere(d: number): void {
  if (!(Number.isInteger(d) && d >= 2)) {
    throw new RangeError(`dimension: ${d} is not a whole number of at least 2`);
  }
}
