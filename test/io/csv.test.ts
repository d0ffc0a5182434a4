import { describe, expect, it } from "vitest";
import { columnsOf, csv } from "../../src/io/csv.js";
import { checkReadBack } from "./read-back.js";

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

  const hostile = {
    "a, b": [0.1, -0, 5e-324, Number.MAX_VALUE],
    'said "no"': ["x,y", 'q"q', "two\nlines", "\r"],
    " spaced ": [null, 1 / 3, -1e-300, null],
    "#": ["", " ", "0", "−∞"],
  };

  it("is read back by another program: names, texts, numbers to the bit", () => {
    checkReadBack(csv(hostile), hostile);
    checkReadBack(csv({ "only, one": [1] }), { "only, one": [1] });
  });

  it.each([
    ["a header with a comma and no quotes", (text: string) => text.replace('"a, b"', "a, b")],
    ["a cell with a comma and no quotes", (text: string) => text.replace('"x,y"', "x,y")],
    ["a quote that is not doubled", (text: string) => text.replace('"q""q"', '"q"q"')],
    ["a number with fewer digits", (text: string) => text.replace("0.3333333333333333", "0.333333333333333")],
    ["a zero without its sign", (text: string) => text.replace("-0,", "0,")],
  ])("would not be with %s", (_, mutate) => {
    const broken = mutate(csv(hostile));
    expect(broken).not.toBe(csv(hostile));
    expect(() => checkReadBack(broken, hostile)).toThrow();
  });

  it("is made of rows with the same columns, and a number that is none is an empty cell", () => {
    const rows = [
      { kind: "a", time: 1, error: null },
      { kind: "b", time: Infinity, error: NaN },
    ];
    expect(csv(columnsOf(rows))).toBe("kind,time,error\na,1,\nb,,\n");
    expect(() => columnsOf([...rows, { kind: "c", time: 1 }])).toThrow(
      "row 2: has kind, time, want kind, time, error",
    );
  });
});
