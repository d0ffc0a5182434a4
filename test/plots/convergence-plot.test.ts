import { describe, expect, it } from "vitest";
import { convergencePlot, slopeNote, workPrecisionPlot } from "../../src/plots/convergence-plot.js";
import { logIntercept, placeReference } from "../../src/plots/reference-slope.js";
import { checkWellFormed } from "./well-formed.js";

const h = [3, 4, 5, 6, 7, 8].map((k) => 2 ** -k);
const power = (c: number, q: number) => ({ x: h, y: h.map((v) => c * v ** q) });

describe("reference slopes", () => {
  const curves = [power(0.8, 0.5), power(0.5, 0.5), power(0.4, 1)];

  it.each([0.5, 1])("of %d keep clear of every curve and stay in the middle", (slope) => {
    const mark = placeReference(slope, curves, 1.4);
    for (const curve of curves) {
      const [c, q] = curve === curves[2] ? [0.4, 1] : [curve === curves[0] ? 0.8 : 0.5, 0.5];
      for (const v of [mark.x[0], Math.sqrt(mark.x[0] * mark.x[1]), mark.x[1]]) {
        const y = mark.through[1] * (v / mark.through[0]) ** slope;
        const ratio = Math.exp(Math.abs(Math.log(y / (c * v ** q))));
        expect(ratio).toBeGreaterThanOrEqual(1.4 * (1 - 1e-9));
      }
    }
    expect(mark.x[0]).toBeGreaterThan(h[5]);
    expect(mark.x[1]).toBeLessThan(h[0]);
  });

  it("stand beside the curve they belong to", () => {
    const mark = placeReference(1, curves, 1.4);
    expect(mark.through[1] / (0.4 * mark.through[0])).toBeCloseTo(1 / 1.4, 9);
    expect(mark.side).toBe("below");
  });

  it("a fitted line goes through the mean of its points", () => {
    expect(Math.exp(logIntercept(power(0.7, 1.5), 1.5))).toBeCloseTo(0.7, 12);
  });
});

describe("convergence plot", () => {
  const series = [
    {
      label: "Euler–Maruyama",
      x: h,
      error: power(0.8, 0.5).y,
      low: power(0.7, 0.5).y,
      high: power(1, 0.5).y,
      fit: { slope: 0.5, interval: [0.47, 0.53] as const },
    },
    { label: "Milstein", x: h, error: power(0.4, 1).y },
  ];

  it("names slopes, intervals and references", () => {
    const svg = convergencePlot({ series, title: "Strong <order>", yLabel: "RMS error" });
    checkWellFormed(svg);
    for (const text of [
      "slope 0.50 [0.47, 0.53]",
      "slope ½",
      "slope 1",
      "Euler–Maruyama",
      "2⁻⁸",
      "RMS error",
    ])
      expect(svg).toContain(`>${text}<`);
    expect(slopeNote({ slope: -0.5 })).toBe("slope −0.50");
  });

  it("draws a reference of slope q with the slope q of its own axes", () => {
    const svg = convergencePlot({ series, references: [1] });
    const [x1, y1, x2, y2] = /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" stroke="#595959"/
      .exec(svg)
      ?.slice(1)
      .map(Number) as number[];
    // The Milstein errors c h from the first to the last level define the pixel slope of order one.
    const paths = [...svg.matchAll(/<path d="M([\d.,L]+)" fill="none" stroke="#D55E00"/g)].map((m) =>
      m[1].split("L").map((p) => p.split(",").map(Number)),
    );
    const line = paths[0];
    const [a, b] = [line[0], line[line.length - 1]];
    const want = (b[1] - a[1]) / (b[0] - a[0]);
    expect((y2 - y1) / (x2 - x1)).toBeCloseTo(want, 3);
    // The same check tells order one from order one half.
    expect(Math.abs((y2 - y1) / (x2 - x1) - want / 2)).toBeGreaterThan(0.1);
  });

  it("works for tokens and work, with falling slopes", () => {
    const n = [64, 128, 256, 512];
    const falling = [{ label: "tokens", x: n, error: n.map((v) => v ** -0.5) }];
    const svg = convergencePlot({ series: falling, references: [-0.5], xLabel: "tokens n" });
    expect(svg).toContain(">slope −½<");
    expect(workPrecisionPlot({ series: falling })).not.toContain("slope");
  });

  it("marks an error of zero; refuses one that is negative or no number, and an empty plot", () => {
    const by = (error: number[], more = {}) =>
      convergencePlot({ series: [{ label: "a", x: [1, 2], error, ...more }], references: [1] });
    checkWellFormed(by([0, 1]));
    checkWellFormed(by([0, 0]));
    expect(by([0, 1])).toContain(">0<");
    // The fitted line goes through what has a logarithm.
    checkWellFormed(by([0, 1], { fit: { slope: 1 } }));
    checkWellFormed(by([0, 0], { fit: { slope: 1 } }));
    for (const [error, message] of [
      [[-1, 1], "on a logarithmic axis"],
      [[NaN, 1], "NaN is not finite"],
      [[1, Infinity], "Infinity is not finite"],
    ] as const)
      expect(() => by([...error])).toThrow(message);
    expect(() => convergencePlot({ series: [] })).toThrow("at least one");
  });
});
