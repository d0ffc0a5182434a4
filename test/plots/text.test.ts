import { describe, expect, it } from "vitest";
import { fraction, shortNumber, superscript, textWidth, wrapText } from "../../src/plots/text.js";

describe("text", () => {
  it("measures as the font does", () => {
    // Advance widths of DejaVu Sans, units of 1/2048: A 1401, i 569, 0 1303, space 651.
    // The table is rounded to hundredths, so four characters of size 100 err by at most 4 × ½ pixels.
    expect(Math.abs(textWidth("Ai0 ", 100) - ((1401 + 569 + 1303 + 651) / 2048) * 100)).toBeLessThanOrEqual(
      2,
    );
    expect(textWidth("10⁻³", 10)).toBeGreaterThan(textWidth("10", 10));
  });

  it("writes numbers as a reader expects them", () => {
    expect([0, 1, -2.5, 0.001, 1234.5678, 1e-4, 3.2e-7, -1e9, 2e5].map((v) => shortNumber(v))).toEqual([
      "0",
      "1",
      "−2.5",
      "0.001",
      "1230",
      "10⁻⁴",
      "3.2×10⁻⁷",
      "−10⁹",
      "2×10⁵",
    ]);
    expect(shortNumber(9.9999)).toBe("10");
    expect(superscript(-12)).toBe("⁻¹²");
    expect([0.5, -0.5, 1, 1.5, 2, -1].map(fraction)).toEqual(["½", "−½", "1", "3/2", "2", "−1"]);
  });

  it("breaks lines at spaces only and never beyond the width when it can help it", () => {
    const lines = wrapText("the quick brown fox jumps over the lazy dog", 90, 12);
    expect(lines.join(" ")).toBe("the quick brown fox jumps over the lazy dog");
    for (const line of lines) expect(textWidth(line, 12)).toBeLessThanOrEqual(90);
    expect(wrapText("unbreakable", 10, 12)).toEqual(["unbreakable"]);
  });
});
