import { describe, expect, it } from "vitest";
import { contourLines } from "../../src/plots/contour.js";

const table = (n: number, f: (x: number, y: number) => number) => {
  const x = Array.from({ length: n }, (_, i) => -1 + (2 * i) / (n - 1));
  return { x, y: x, values: x.flatMap((y) => x.map((u) => f(u, y))) };
};

describe("contour lines", () => {
  it("of a bowl are closed circles, to the accuracy of linear interpolation", () => {
    const n = 81;
    const lines = contourLines(
      table(n, (x, y) => x * x + y * y),
      0.36,
    );
    expect(lines.length).toBe(1);
    const [ring] = lines;
    expect(ring[0]).toEqual(ring[ring.length - 1]);
    const cell = 2 / (n - 1);
    let length = 0;
    ring.forEach(([column, row], i) => {
      const radius = Math.hypot(-1 + cell * column, -1 + cell * row);
      // Interpolating r² linearly over a cell errs by at most cell²/4 in r², so cell²/(8r) in r.
      expect(Math.abs(radius - 0.6)).toBeLessThanOrEqual((cell * cell) / (8 * 0.59));
      if (i > 0) length += cell * Math.hypot(column - ring[i - 1][0], row - ring[i - 1][1]);
    });
    expect(length).toBeCloseTo(2 * Math.PI * 0.6, 2);
  });

  it("of a slope is one open line from edge to edge", () => {
    const lines = contourLines(
      table(11, (x, y) => x + 0.1 * y),
      0.05,
    );
    expect(lines.length).toBe(1);
    const ends = [lines[0][0][1], lines[0][lines[0].length - 1][1]].sort((a, b) => a - b);
    expect(ends).toEqual([0, 10]);
  });

  it("splits a saddle by its middle, one way below and the other above", () => {
    const saddle = { x: [0, 1], y: [0, 1], values: [1, 0, 0, 1] };
    const joined = (level: number) =>
      contourLines(saddle, level).map((line) =>
        line.map(([c, r]) => `${c.toFixed(1)},${r.toFixed(1)}`).sort(),
      );
    // Below the middle value ½ the high corners (0,0) and (1,1) are connected: the lines cut off the low corners.
    expect(joined(0.4)).toContainEqual(["0.6,0.0", "1.0,0.4"].sort());
    // Above it the lines cut off the high corners.
    expect(joined(0.6)).toContainEqual(["0.0,0.4", "0.4,0.0"].sort());
  });

  it("has nothing to draw where a corner is missing or the level is not reached", () => {
    expect(contourLines({ x: [0, 1], y: [0, 1], values: [0, 1, NaN, 1] }, 0.5)).toEqual([]);
    expect(contourLines({ x: [0, 1], y: [0, 1], values: [0, 1, 0, 1] }, 2)).toEqual([]);
  });
});
