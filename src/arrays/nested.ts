import ndarray, { type NdArray } from "ndarray";

/** Numbers in lists of lists, as JSON has them. */
export type NestedNumbers = ArrayLike<number> | readonly NestedNumbers[];

/**
 * Lists of lists as an ndarray of the same shape: [n] a list, [n,m] rows (such as a `covarianceFactor`), [M,n,m] matrices.
 * A copy. Throws a RangeError that names a list whose length is not its neighbours'.
 */
export function arrayOf(nested: NestedNumbers): NdArray<Float64Array> {
  const shape: number[] = [];
  for (let at: NestedNumbers | number = nested; typeof at !== "number"; at = at[0] ?? 0)
    shape.push(at.length);
  const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
  let next = 0;
  const fill = (at: NestedNumbers | number, depth: number, name: string): void => {
    if (typeof at === "number") {
      if (depth !== shape.length) throw new RangeError(`${name}: a number where its neighbours are lists`);
      data[next++] = at;
      return;
    }
    if (at.length !== shape[depth])
      throw new RangeError(
        `${name}: has ${at.length} entries where its neighbours have ${shape[depth] ?? "none"}`,
      );
    for (let i = 0; i < at.length; i++) fill(at[i], depth + 1, `${name}[${i}]`);
  };
  fill(nested, 0, "arrayOf");
  return ndarray(data, shape);
}

/** An ndarray as lists of lists, for JSON. */
export function nestedOf(array: NdArray): NestedNumbers {
  if (array.dimension === 1) return Array.from({ length: array.shape[0] }, (_, i) => array.get(i));
  return Array.from({ length: array.shape[0] }, (_, i) =>
    nestedOf(array.pick(i, ...array.shape.slice(1).map(() => null))),
  );
}
