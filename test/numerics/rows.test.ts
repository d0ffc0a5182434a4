import ndarray from "ndarray";
import { describe, expect, it } from "vitest";
import { matricesOf, matrixOf, numbersOf, rowsOf, vectorOf } from "../../src/numerics/rows.js";

const table = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
const flat = (rows: readonly ArrayLike<number>[]) => rows.map((row) => Array.from(row));

describe("numbers as a user holds them", () => {
  it("are read the same from lists, typed arrays and ndarrays, whatever their strides", () => {
    const nested = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    for (const given of [nested, table, [1, 2, 3, 4, 5, 6], nested.map((row) => Float32Array.from(row))])
      expect([...matrixOf("A", given, 2, 3)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...matrixOf("A", table.transpose(1, 0), 3, 2)]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(flat(rowsOf("A", table.transpose(1, 0)))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect([...vectorOf("v", table.pick(1, null))]).toEqual([4, 5, 6]);
    expect(Array.from(numbersOf(table.step(1, -1)))).toEqual([3, 2, 1, 6, 5, 4]);
    const matrices = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 2, 2]);
    expect(flat(matricesOf("A", matrices, 2, 2))).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect(flat(rowsOf("A", matrices, [2, 3]))).toEqual(flat(matricesOf("A", matrices, 2, 2)));
  });

  it("stay themselves when they are what the inside wants", () => {
    const A = Float64Array.of(1, 2, 3, 4);
    expect(matrixOf("A", A, 2, 2)).toBe(A);
    expect(vectorOf("v", A)).toBe(A);
    expect(matricesOf("A", [A], 2, 2)[0]).toBe(A);
    expect(numbersOf(A)).toBe(A);
  });

  it("are refused in another shape, and when they are not finite, by name", () => {
    const faults: [() => unknown, string][] = [
      [() => matrixOf("A", table, 3, 3), "A: has shape [2,3], want [3,3]"],
      [() => matrixOf("A", [1, 2, 3], 2, 2), "A: has 3 entries, want 4 row by row"],
      [() => matrixOf("A", [[1, 2]], 2, 2), "A: has 1 rows, want 2"],
      [() => matrixOf("A", [[1, 2], [3]], 2, 2), "A[1]: has 1 numbers, want 2"],
      [() => matrixOf("A", [1, 2, 3, NaN], 2, 2), "A[1][1]: NaN is not a finite number"],
      [
        () => matrixOf("A", JSON.parse("[[1, null]]") as number[][], 1, 2),
        "A[0][1]: null is not a finite number",
      ],
      [() => vectorOf("v", table), "v: has shape [2,3], want [n]"],
      [() => vectorOf("v", table.pick(0, null), 2), "v: has shape [3], want [2]"],
      [() => vectorOf("v", [1], 2), "v: has 1 entries, want 2"],
      [() => vectorOf("v", [1, Infinity]), "v[1]: Infinity is not a finite number"],
      [() => vectorOf("v", ndarray(Float64Array.of(NaN))), "v[0]: NaN is not a finite number"],
      [
        () => matrixOf("A", ndarray(Float64Array.of(1, NaN), [1, 2]), 1, 2),
        "A[0][1]: NaN is not a finite number",
      ],
      [
        () => matricesOf("A", ndarray(Float64Array.of(1, NaN), [2, 1, 1]), 1, 1),
        "A[1][0][0]: NaN is not a finite number",
      ],
      [() => rowsOf("r", table.pick(0, null)), "r: has shape [3], want 2 axes"],
      [() => matricesOf("A", table, 2, 3), "A: has shape [2,3], want [M,2,3]"],
      [() => matricesOf("A", [[1]], 2, 2), "A[0]: has 1 entries, want 4 row by row"],
    ];
    for (const [call, sentence] of faults) expect(call).toThrow(new RangeError(sentence));
  });
});
