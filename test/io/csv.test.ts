import { describe, expect, it } from "vitest";
import { csv } from "../../src/io/csv.js";

describe("csv", () => {
  it("writes a header and full precision, and quotes what needs it", () => {
    expect(csv({ t: [0, 1 / 3], 'a,"b"': Float64Array.of(1e-300, -2), note: ["plain", "two\nlines"] })).toBe(
      't,"a,""b""",note\n0,1e-300,plain\n0.3333333333333333,-2,"two\nlines"\n',
    );
  });

  it("refuses ragged columns and numbers that are not finite", () => {
    expect(() => csv({ a: [1, 2], b: [1] })).toThrow('column "b" has 1 rows, "a" has 2');
    expect(() => csv({ a: [1], b: [NaN] })).toThrow('column "b", row 0: NaN');
    expect(() => csv({})).toThrow("at least one column");
  });
});
