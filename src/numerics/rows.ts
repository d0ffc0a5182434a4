/** Numbers as a user holds them, read once at the border; inside everything is a row-major Float64Array. */

/** Anything with a shape whose numbers are asked for by index: an ndarray of any rank over any store. */
export interface ShapedNumbers {
  readonly shape: readonly number[];
  get(...index: number[]): number;
}

/** [n]: a list, a typed array, or an ndarray. */
export type NumbersLike = ArrayLike<number> | ShapedNumbers;

/** [n,m]: a list of rows, or an ndarray. */
export type RowsLike = readonly ArrayLike<number>[] | ShapedNumbers;

/** [n,m]: numbers row by row in one flat list or typed array, a list of rows, or an ndarray. */
export type MatrixLike = ArrayLike<number> | RowsLike;

/** [M,n,m]: a list of matrices, or an ndarray. */
export type MatricesLike = readonly MatrixLike[] | ShapedNumbers;

export const isShaped = (given: object): given is ShapedNumbers => "shape" in given && "get" in given;

/** The numbers themselves: a list as it is, of an ndarray of any rank a row-major copy. */
export function numbersOf(given: NumbersLike): ArrayLike<number> {
  return isShaped(given) ? rowMajor(given) : given;
}

/**
 * [n]: a Float64Array as it is, anything else copied. Throws a RangeError when the shape is not [n] (any n unless
 * `length` is given), or a copied number is not finite.
 */
export function vectorOf(what: string, given: NumbersLike, length?: number): Float64Array {
  if (isShaped(given)) requireShape(what, given.shape, [length ?? "n"]);
  const numbers = numbersOf(given);
  if (length !== undefined && numbers.length !== length)
    throw new RangeError(`${what}: has ${numbers.length} entries, want ${length}`);
  if (numbers === given && numbers instanceof Float64Array) return numbers;
  return copyFinite(numbers, new Float64Array(numbers.length), 0, (i) => `${what}[${i}]`);
}

/**
 * The rows: a list of them as it is, those of an ndarray copied. One of rank three, where `ranks` has it, gives its
 * matrices, row by row. Throws a RangeError on another rank.
 */
export function rowsOf(
  what: string,
  given: RowsLike,
  ranks: readonly number[] = [2],
): readonly ArrayLike<number>[] {
  if (!isShaped(given)) return given;
  const { shape } = given;
  if (!ranks.includes(shape.length))
    throw new RangeError(`${what}: has shape [${shape}], want ${ranks.join(" or ")} axes`);
  const data = rowMajor(given);
  const width = shape.slice(1).reduce((product, size) => product * size, 1);
  return Array.from({ length: shape[0] }, (_, i) => data.subarray(i * width, (i + 1) * width));
}

/**
 * [n,m] row by row: a flat Float64Array as it is, anything else copied. Throws a RangeError when the shape is another
 * one, or a copied number is not finite.
 */
export function matrixOf(what: string, given: MatrixLike, rows: number, columns: number): Float64Array {
  if (isShaped(given)) requireShape(what, given.shape, [rows, columns]);
  const list = isShaped(given) ? rowMajor(given) : given;
  const name = (e: number): string => `${what}[${Math.floor(e / columns)}][${e % columns}]`;
  if (isFlat(list)) {
    if (list.length !== rows * columns)
      throw new RangeError(`${what}: has ${list.length} entries, want ${rows * columns} row by row`);
    if (list === given && list instanceof Float64Array) return list;
    return copyFinite(list, new Float64Array(list.length), 0, name);
  }
  const out = new Float64Array(rows * columns);
  if (list.length !== rows) throw new RangeError(`${what}: has ${list.length} rows, want ${rows}`);
  list.forEach((row, i) => {
    if (row.length !== columns)
      throw new RangeError(`${what}[${i}]: has ${row.length} numbers, want ${columns}`);
    copyFinite(row, out, i * columns, name);
  });
  return out;
}

/** The matrices of a list or of an ndarray [M,n,m], each as by `matrixOf`. */
export function matricesOf(what: string, given: MatricesLike, rows: number, columns: number): Float64Array[] {
  if (!isShaped(given)) return given.map((matrix, m) => matrixOf(`${what}[${m}]`, matrix, rows, columns));
  requireShape(what, given.shape, ["M", rows, columns]);
  return rowsOf(what, given, [3]).map((matrix, m) =>
    matrixOf(`${what}[${m}]`, Array.from(matrix), rows, columns),
  );
}

/** Whether a matrix comes as numbers row by row, not as a list of rows. */
export const isFlat = (given: Exclude<MatrixLike, ShapedNumbers>): given is ArrayLike<number> =>
  ArrayBuffer.isView(given) || typeof given[0] === "number" || given.length === 0;

/** Throws a RangeError unless `shape` is `want`, where a name stands for any size. */
export function requireShape(
  what: string,
  shape: readonly number[],
  want: readonly (number | string)[],
): void {
  const fits = shape.length === want.length && want.every((w, a) => typeof w === "string" || w === shape[a]);
  if (!fits) throw new RangeError(`${what}: has shape [${shape}], want [${want}]`);
}

function rowMajor(given: ShapedNumbers): Float64Array {
  const { shape } = given;
  const out = new Float64Array(shape.reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  for (let e = 0; e < out.length; e++) {
    out[e] = given.get(...index);
    for (let a = shape.length - 1; a >= 0 && ++index[a] === shape[a]; a--) index[a] = 0;
  }
  return out;
}

/** Checked before it is stored: a null of a JSON file would be a zero there. */
function copyFinite(
  from: ArrayLike<number>,
  out: Float64Array,
  offset: number,
  name: (e: number) => string,
): Float64Array {
  for (let i = 0; i < from.length; i++) {
    if (!Number.isFinite(from[i]))
      throw new RangeError(`${name(offset + i)}: ${from[i]} is not a finite number`);
    out[offset + i] = from[i];
  }
  return out;
}
