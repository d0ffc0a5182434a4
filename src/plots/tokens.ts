import { isFlat, isShaped, matrixOf, type MatrixLike } from "../numerics/rows.js";

/** Tokens [n,d] row by row: a flat list as it is, rows and ndarrays copied. Throws a RangeError on any other shape. */
export function tokensOf(given: MatrixLike, dimension: 2 | 3): ArrayLike<number> {
  if (isShaped(given)) return matrixOf("tokens", given, given.shape[0] ?? 0, dimension);
  if (!isFlat(given)) return matrixOf("tokens", given, given.length, dimension);
  if (given.length % dimension !== 0)
    throw new RangeError(
      `tokens: ${given.length} numbers are not rows of ${dimension === 2 ? "two" : "three"}`,
    );
  return given;
}
