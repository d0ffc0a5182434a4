import { describe, expect, it } from "vitest";
import { stableJson } from "../../src/io/json.js";

describe("stable JSON", () => {
  it("orders keys, keeps every digit and leaves out what is undefined", () => {
    const value = { b: 1, a: { z: [0.1 + 0.2, -5e-324], y: null }, B: "x", c: undefined };
    expect(stableJson(value, 0)).toBe('{"B":"x","a":{"y":null,"z":[0.30000000000000004,-5e-324]},"b":1}');
    expect(stableJson({ a: 1, b: 2 })).toBe(stableJson({ b: 2, a: 1 }));
  });

  it("writes typed arrays as lists", () => {
    expect(stableJson({ x: Float64Array.of(1, 0.5), k: Int32Array.of(3) }, 0)).toBe('{"k":[3],"x":[1,0.5]}');
  });

  it("does not reorder lists, and keeps numeric keys with their values", () => {
    expect(JSON.parse(stableJson({ list: [3, 1, 2], "10": "ten", "9": "nine" }))).toEqual({
      list: [3, 1, 2],
      9: "nine",
      10: "ten",
    });
  });

  it.each([
    [{ a: { b: [1, { c: NaN }] } }, "$.a.b[1].c: NaN"],
    [{ x: Float64Array.of(0, -Infinity) }, "$.x[1]: -Infinity"],
    [Infinity, "$: Infinity"],
  ])("refuses %j with the path of the number", (value, message) => {
    expect(() => stableJson(value)).toThrow(message);
  });
});
