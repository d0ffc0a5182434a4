import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/config/read-json.js";

const refusal = (text: string): string => {
  try {
    readJson(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("read");
};

describe("JSON", () => {
  it("is read as the engine reads it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        // Text compared, so that -0 and keys such as __proto__ count.
        expect(JSON.stringify(readJson(text).value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { seed: 5, numRuns: 500 },
    );
    for (const text of [
      ' {"a" : [ 1e3 , -0.5E-2, true,false ,null,"\\u00e9\\n/"]} ',
      "-0",
      '"\\\\"',
      "[]",
      "{}",
    ]) {
      expect(readJson(text)).toEqual({ value: JSON.parse(text) as unknown, faults: [] });
    }
    expect(readJson('\ufeff{"a":1}').value).toEqual({ a: 1 });
  });

  it("that the engine refuses is refused, but for numbers that are none", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."{}[],:\"\\ \n01.e-+truefalsn#/'"), maxLength: 12 });
    const engine = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(letters, (text) => {
        let value: unknown;
        let read = true;
        try {
          ({ value } = readJson(text));
        } catch (error) {
          read = false;
          expect((error as Error).message).toMatch(/^config: /);
        }
        if (engine(text)) expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
        else if (read) expect(JSON.stringify({ value })).toContain("null");
      }),
      { seed: 6, numRuns: 5000 },
    );
  });

  it("becomes NaN where a number is none, for a schema to name the place", () => {
    for (const word of [
      "NaN",
      "-Infinity",
      "inf",
      "nan",
      "0x10",
      "+1",
      ".5",
      "1.",
      "01",
      "1_000",
      "1e",
      "1.2.3",
    ]) {
      expect(readJson(`{"a": ${word}}`).value).toEqual({ a: NaN });
    }
    expect(readJson("[1e999, -1e999]").value).toEqual([Infinity, -Infinity]);
  });

  it.each([
    ["", "config: is empty; want an object"],
    [" \n", "config: is empty; want an object"],
    ['{\n  "a": 1,\n}', 'config: not valid JSON: line 2, column 9: a comma before "}"; take it away'],
    ["[1, 2,]", 'config: not valid JSON: line 1, column 6: a comma before "]"; take it away'],
    [
      '{"a": 1 // one\n}',
      "config: not valid JSON: line 1, column 9: a comment, which JSON does not have; take it away, or write YAML",
    ],
    ["{'a': 1}", "config: not valid JSON: line 1, column 2: text in single quotes; want double quotes"],
    ["{a: 1}", 'config: not valid JSON: line 1, column 2: "a" stands here; want a key in double quotes'],
    ['{"a": b}', 'config: not valid JSON: line 1, column 7: "b" stands without quotes'],
    ['{"a": True}', 'config: not valid JSON: line 1, column 7: "True" stands without quotes'],
    ['{"a": 1 "b": 2}', 'config: not valid JSON: line 1, column 9: "\\"" stands here; want "," or "}"'],
    ['{"a" 1}', 'config: not valid JSON: line 1, column 6: "1" stands here; want ":"'],
    ['{"a": }', 'config: not valid JSON: line 1, column 7: "}" stands here; want a value'],
    ['{"a": 1', 'config: not valid JSON: line 1, column 8: the text ends here; want "," or "}"'],
    ['{"a": 1} x', 'config: not valid JSON: line 1, column 10: "x" stands here; want the end of the text'],
    ['{"a": "b', "config: not valid JSON: line 1, column 7: text that never ends; want its closing quote"],
    [
      '{"a": "b\nc"}',
      "config: not valid JSON: line 1, column 9: a line ends inside quotes; want the closing quote before",
    ],
    [
      '{"a": "\\x"}',
      "config: not valid JSON: line 1, column 7: text in quotes holds a control character or an escape that JSON does not have",
    ],
    ["😀", 'config: not valid JSON: line 1, column 1: "😀" stands here; want a value'],
    [
      "[".repeat(100_000),
      "config: not valid JSON: line 1, column 101: more than 100 brackets inside one another",
    ],
    [
      '{"a":'.repeat(100_000),
      "config: not valid JSON: line 1, column 501: more than 100 brackets inside one another",
    ],
  ])("%j has its fault told with its place", (text, sentence) => {
    expect(refusal(text)).toBe(sentence);
  });

  it("has its repeated keys told with their paths, once each", () => {
    expect(
      readJson('{"a": 1,\n "a": {"b": [{"c": 1, "c": 2}]},\n "__proto__": 1, "__proto__": 2}').faults,
    ).toEqual([
      { path: "a", message: "stands twice, again in line 2, column 2" },
      { path: "a.b[0].c", message: "stands twice, again in line 2, column 23" },
      { path: "__proto__", message: "stands twice, again in line 3, column 18" },
    ]);
  });

  it("is read in a time that grows with its length", () => {
    const started = performance.now();
    const twice = new Array<string>(100_000).fill('"a": 1').join(",\n");
    expect(readJson(`{${twice}}`).faults).toHaveLength(1000);
    const row = `[${new Array<string>(50).fill("0.123456789012").join(",")}]`;
    const { value } = readJson(`[${new Array<string>(4000).fill(row).join(",")}]`);
    expect((value as unknown[]).length).toBe(4000);
    readJson(JSON.stringify("x".repeat(1e7)));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
