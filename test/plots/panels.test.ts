import { describe, expect, it } from "vitest";
import { panels } from "../../src/plots/panels.js";
import { picture, sizeOf } from "../../src/plots/svg.js";
import { checkWellFormed } from "./well-formed.js";

const box = (width: number, height: number) => picture(width, height, "");

describe("panels", () => {
  it("stand on a grid without overlapping, lettered row by row", () => {
    const svg = panels([
      [box(100, 50), box(60, 80)],
      [null, box(120, 40)],
    ]);
    checkWellFormed(svg);
    expect([...svg.matchAll(/<svg x="([\d.]+)" y="([\d.]+)"/g)].map((m) => m.slice(1).map(Number))).toEqual([
      [0, 14],
      [108, 14],
      [108, 116],
    ]);
    expect(sizeOf(svg)).toEqual({ width: 228, height: 156 });
    expect([...svg.matchAll(/font-weight="bold">(\w)</g)].map((m) => m[1])).toEqual(["a", "b", "c"]);
  });

  it("need no letters, take a title and nest", () => {
    const inner = panels([[box(10, 10)]], { letters: false });
    expect(sizeOf(inner)).toEqual({ width: 10, height: 10 });
    const outer = panels([[inner, inner]], { title: "a & b", letters: false });
    checkWellFormed(outer);
    expect(outer).toContain("a &amp; b");
  });

  it("want a picture", () => {
    expect(() => panels([])).toThrow("at least one");
    expect(() => panels([[null]])).toThrow("at least one");
  });
});
