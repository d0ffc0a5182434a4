import { describe, expect, it } from "vitest";
import {
  clipped,
  coordinate,
  element,
  escapeText,
  label,
  picture,
  placed,
  sizeOf,
} from "../../src/plots/svg.js";
import { checkWellFormed } from "./well-formed.js";

const nasty = `</text><script>alert("1")</script> & <b> 'x' \u0000\u0008\uFFFF \uD800 η ½ 😀`;

describe("svg", () => {
  it("escapes every character that could end a tag or an attribute, and replaces what XML forbids", () => {
    expect(escapeText(`a<b>&"c"`)).toBe("a&lt;b&gt;&amp;&quot;c&quot;");
    expect(escapeText("\u0000\u0008\uFFFF")).toBe("\uFFFD\uFFFD\uFFFD");
    expect(escapeText("\uD800 η 😀")).toBe("\uFFFD η 😀");
    const svg = picture(10, 10, nasty, label(nasty, 1, 2, { fill: nasty }));
    checkWellFormed(svg);
    expect(svg).not.toContain("<script");
  });

  it("the checker itself refuses broken markup", () => {
    for (const bad of [
      "<a>",
      "<a></b>",
      "<a b='1'/>",
      "<a>&</a>",
      "<a/><b/>",
      "<a>&nbsp;</a>",
      '<a b="1" b="2"/>',
    ])
      expect(() => checkWellFormed(bad)).toThrow();
    checkWellFormed('<a b="1&lt;"><c/>text &amp; more</a>');
  });

  it("rounds coordinates, without a negative zero, and refuses numbers that are not finite", () => {
    expect([1 / 3, -0.001, 2, 1e-9].map(coordinate)).toEqual(["0.33", "0", "2", "0"]);
    expect(() => element("circle", { r: NaN })).toThrow("attribute r of <circle> is NaN");
    expect(() => element("circle", { r: Infinity })).toThrow(RangeError);
  });

  it("knows the size of its pictures and places them in others", () => {
    const svg = picture(320, 200.5, "t");
    expect(sizeOf(svg)).toEqual({ width: 320, height: 200.5 });
    expect(placed(svg, 5, 6)).toMatch(/^<svg x="5" y="6" xmlns=/);
    checkWellFormed(placed(svg, 5, 6));
    expect(() => sizeOf("<p>no</p>")).toThrow(RangeError);
  });

  it("clips without changing coordinates", () => {
    const box = { x: 3, y: 4, width: 50, height: 60 };
    expect(clipped(box)).toContain('viewBox="3 4 50 60" overflow="hidden"');
  });
});
