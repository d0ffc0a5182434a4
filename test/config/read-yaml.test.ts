import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/config/read-document.js";
import { readYaml } from "../../src/config/read-yaml.js";

const refusal = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("read");
};

describe("YAML", () => {
  it("is version 1.2 with its core schema: dates, yes and no stay text", () => {
    const text =
      "# a run\na: 2020-01-01\nb: no\nc: 0x10\nd: .inf\ne: 1e999\nf: 1_000\n<<: {g: 1}\nh: [1, 2.5, true, null, '3']";
    expect(readYaml(text).value).toEqual({
      a: "2020-01-01",
      b: "no",
      c: 16,
      d: Infinity,
      e: Infinity,
      f: "1_000",
      "<<": { g: 1 },
      h: [1, 2.5, true, null, "3"],
    });
  });

  it("may name a value and use it again, a few times", () => {
    expect(readYaml("a: &x [1, 0, 0]\nb: [*x, *x]").value).toEqual({
      a: [1, 0, 0],
      b: [
        [1, 0, 0],
        [1, 0, 0],
      ],
    });
  });

  it.each([
    ["", "config: is empty; want an object"],
    ["a: !foo 1", "config: not valid YAML: line 1, column 4: Unresolved tag: !foo"],
    [
      "a: !!binary aGk=",
      "config: not valid YAML: line 1, column 4: Unresolved tag: tag:yaml.org,2002:binary",
    ],
    [
      "a: 1\n---\nb: 2",
      "config: not valid YAML: line 2, column 1: a second document begins here; want a single one",
    ],
    ["? [1, 2]\n: 3", /^config: not valid YAML: line 1, column 3: .*keys must be strings/],
    ["a: 1\n\tb: 2", /^config: not valid YAML: line 2, column 1: /],
    [
      "a: *x",
      "config: has an alias without its anchor, or more than 100 uses of anchors; want the values written out",
    ],
    ["model: " + "[".repeat(1e5), "config: not valid YAML: more than 100 levels inside one another"],
    ["model:\n" + "- ".repeat(1e5), "config: not valid YAML: more than 100 levels inside one another"],
    [
      Array.from({ length: 3000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "config: not valid YAML: more than 100 levels inside one another",
    ],
  ])("%.30j has its fault told", (text, sentence) => {
    const message = refusal(() => readYaml(text));
    if (typeof sentence === "string") expect(message).toBe(sentence);
    else expect(message).toMatch(sentence);
    expect(message.split("\n")).toHaveLength(1);
  });

  it("of ten levels of ten aliases is refused before it is written out", () => {
    const names = "abcdefghij";
    const bomb = [..."bcdefghij"].map(
      (c, i) => `${c}: &${c} [${new Array(10).fill(`*${names[i]}`).join(",")}]`,
    );
    const started = performance.now();
    expect(refusal(() => readYaml(["a: &a [1,1,1,1,1,1,1,1,1,1]", ...bomb].join("\n")))).toMatch(
      /^config: has an alias/,
    );
    expect(performance.now() - started).toBeLessThan(500);
  });

  it("has its repeated keys told with their paths", () => {
    expect(readYaml("a:\n  - b: 1\n    b: 2\n__proto__: 1\na: 3").faults).toEqual([
      { path: "a[0].b", message: "stands twice, again in line 3, column 5" },
      { path: "a", message: "stands twice, again in line 5, column 1" },
    ]);
    expect("polluted" in readYaml("__proto__: {polluted: 1}").faults).toBe(false);
  });
});

describe("a document", () => {
  it("is JSON or YAML as its content says, whatever its name", () => {
    const value = { a: [1, 2] };
    for (const name of ["x.json", "x.yaml", "x.yml", "x", "-"]) {
      expect(readDocument('{"a": [1, 2]}', name).value).toEqual(value);
      expect(readDocument("a:\n- 1\n- 2\n", name).value).toEqual(value);
    }
    for (const name of ["x.yaml", "-"]) expect(readDocument("{a: [1, 2]}", name).value).toEqual(value);
  });

  it("that is neither is told about as what it looks like", () => {
    expect(refusal(() => readDocument('{"a": 1', "x.json"))).toMatch(/^config: not valid JSON: /);
    expect(refusal(() => readDocument('{"a": 1', "-"))).toMatch(/^config: not valid JSON: /);
    expect(refusal(() => readDocument('{"a": 1', "x.yaml"))).toMatch(/^config: not valid YAML: /);
    expect(refusal(() => readDocument("// c\n{}", "x.json"))).toMatch(/a comment/);
    expect(refusal(() => readDocument("", "x.yaml"))).toBe("config: is empty; want an object");
  });

  it("of JSON with a key twice is not read again as YAML", () => {
    expect(readDocument('{"a": 1, "a": 2}', "x.yaml").faults).toHaveLength(1);
  });
});
