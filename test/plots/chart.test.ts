import { describe, expect, it } from "vitest";
import { chart } from "../../src/plots/chart.js";
import { type ChartSpec, layoutChart } from "../../src/plots/layout.js";
import type { Mark } from "../../src/plots/marks.js";
import type { Box } from "../../src/plots/svg.js";
import { embeddedPngs } from "./decode-png.js";
import { overlap, textBoxes } from "./text-boxes.js";
import { checkWellFormed } from "./well-formed.js";

const x = [1, 2, 4, 8];
const everyMark: Mark[] = [
  { kind: "heat", x, y: x, values: Array.from({ length: 16 }, (_, i) => i), label: "value <&>" },
  { kind: "contour", x, y: x, values: Array.from({ length: 16 }, (_, i) => i), levels: [5.5], text: String },
  { kind: "band", x, low: [1, 1, 2, 2], high: [2, 3, 4, 5], label: "band" },
  { kind: "line", x, y: [1, 2, 3, 4], label: "line & <more>" },
  { kind: "points", x, y: [2, 3, 4, 5], low: [1, 2, 3, 4], high: [3, 4, 6, 8], label: "points" },
  { kind: "slope", slope: 0.5, through: [2, 2], x: [1, 4] },
  {
    kind: "region",
    points: [
      [1, 1],
      [2, 1],
      [2, 4],
    ],
    text: "region",
    edge: "#000",
  },
  { kind: "rule", x: 3, text: "rule" },
  { kind: "rule", y: 3, text: "rule" },
  { kind: "text", x: 5, y: 5, text: "text" },
];
const log = { scale: "log" } as const;
const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const within = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

describe("chart", () => {
  it("is well-formed XML with every kind of mark and with text of any kind", () => {
    const axes = { x: { ...log, label: 'a < b & "c"' }, y: { ...log, label: "d > e" } };
    const svg = chart({ ...axes, title: "<title> & 'more'", subtitle: "</svg>", marks: everyMark });
    checkWellFormed(svg);
    expect(svg).toContain("line &amp; &lt;more&gt;");
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it("is the same text every time", () => {
    const spec: ChartSpec = {
      x: { label: "t" },
      y: { label: "u" },
      marks: [{ kind: "line", x: [0, 1], y: [0, 2] }],
    };
    expect(chart(spec)).toBe(chart(spec));
  });

  describe.each(["right", "top", "direct"] as const)("with its legend %s", (legend) => {
    it.each([
      [560, 380, 3, false],
      [360, 280, 5, false],
      [560, 380, 4, true],
      [900, 300, 7, true],
    ])("of %i × %i and %i series keeps boxes and texts apart", (width, height, count, heat) => {
      const series = Array.from({ length: count }, (_, i): Mark[] => [
        { kind: "line", series: i, x, y: x.map((v) => v + i / 100), label: `a method of length ${10 ** i}` },
        {
          kind: "points",
          series: i,
          x,
          y: x.map((v) => v + i / 100),
          label: `a method of length ${10 ** i}`,
        },
      ]);
      const spec: ChartSpec = {
        width,
        height,
        title: "A rather long title that may well need a second line on a narrow chart",
        subtitle: "and a subtitle with the number of paths, the seed and the reference",
        x: { ...log, label: "step size h" },
        y: { ...log, label: "error" },
        legend,
        marks: heat ? [everyMark[0], ...series.flat()] : series.flat(),
      };
      const layout = layoutChart(spec);
      const page = { x: 0, y: 0, width, height };
      const boxes = [layout.plot, layout.title, layout.legend?.box, layout.colorBar?.box].filter((b) => !!b);
      expect(boxes.length).toBe(2 + (legend === "direct" ? 0 : 1) + (heat ? 1 : 0));
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(apart(a, b)).toBe(true)));
      const texts = textBoxes(chart(spec));
      expect(texts.length).toBeGreaterThan(count);
      texts.forEach((a, i) =>
        texts
          .slice(i + 1)
          .forEach((b) => expect([a.text, b.text, overlap(a, b)]).toEqual([a.text, b.text, false])),
      );
      for (const text of texts)
        expect(text.left >= 0 && text.right <= width && text.bottom <= height).toBe(true);
      for (const box of boxes) expect(within(box, page)).toBe(true);
    });
  });

  it("the check of overlaps can fail", () => {
    const a = { text: "a", left: 0, right: 10, top: 0, bottom: 10 };
    expect(overlap(a, { ...a, left: 5, right: 15 })).toBe(true);
    expect(overlap(a, { ...a, left: 10, right: 15 })).toBe(false);
  });

  it("draws a mark where its axes say", () => {
    const spec: ChartSpec = {
      x: { domain: [0, 10] },
      y: { domain: [0, 1] },
      marks: [{ kind: "line", x: [0, 5, 10], y: [0, 1, 0.5] }],
    };
    const { plot } = layoutChart(spec);
    const d = /<path d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"/
      .exec(chart(spec))
      ?.slice(1)
      .map(Number);
    const want = [
      plot.x,
      plot.y + plot.height,
      plot.x + plot.width / 2,
      plot.y,
      plot.x + plot.width,
      plot.y + plot.height / 2,
    ];
    expect(d?.length).toBe(6);
    // Coordinates are rounded to hundredths.
    d?.forEach((v, i) => expect(Math.abs(v - want[i])).toBeLessThanOrEqual(0.00501));
  });

  it("a heat map shows its cells the right way up, sharp on a logarithmic axis", () => {
    const heat: Mark = { kind: "heat", x: [1, 10, 100], y: [0, 1], values: [0, 1, 2, 3, 4, 5], label: "v" };
    const spec: ChartSpec = { x: log, y: {}, marks: [heat] };
    const [image] = embeddedPngs(chart(spec));
    const at = (column: number, row: number) =>
      image.pixels[
        Math.floor(((row + 0.5) / 2) * image.height) * image.width +
          Math.floor(((column + 0.5) / 3) * image.width)
      ];
    // Row 0 of the table is at the bottom, the last row of the picture; entry 1 is the lowest colour, 255 the highest.
    expect([at(0, 1), at(1, 1), at(2, 1), at(0, 0), at(1, 0), at(2, 0)]).toEqual([1, 52, 103, 153, 204, 255]);
    expect(new Set(image.pixels).size).toBe(6);
    const smooth = embeddedPngs(chart({ ...spec, marks: [{ ...heat, smooth: true }] }))[0];
    expect(new Set(smooth.pixels).size).toBeGreaterThan(100);
  });

  it("a bound of zero on a logarithmic axis runs off the plot instead of failing", () => {
    const marks: Mark[] = [{ kind: "points", x: [1, 2], y: [1, 2], low: [0, 1], high: [2, 3] }];
    expect(() => chart({ x: log, y: log, marks })).not.toThrow();
  });

  it.each([
    ["marks[0].y[1]: NaN is not finite", {}, [{ kind: "line", x: [1, 2], y: [1, NaN] }]],
    ["marks[0].y: 1 numbers, want 2", {}, [{ kind: "line", x: [1, 2], y: [1] }]],
    ["marks[0].y[0]: 0 on a logarithmic axis", log, [{ kind: "line", x: [1, 2], y: [0, 1] }]],
    ["marks[0].high[0]: Infinity", {}, [{ kind: "points", x: [1], y: [1], low: [0], high: [Infinity] }]],
    ["marks[0].low: 0 numbers, want 1", {}, [{ kind: "points", x: [1], y: [1], high: [2] }]],
    ["marks[0].values[2]: NaN", {}, [{ kind: "heat", x: [1, 2], y: [1, 2], values: [1, 2, NaN, 3] }]],
    [
      "marks[0]: a reference slope needs both axes log",
      {},
      [{ kind: "slope", slope: 1, through: [1, 1], x: [1, 2] }],
    ],
  ] as [string, { scale?: "log" }, Mark[]][])("refuses: %s", (message, y, marks) => {
    expect(() => chart({ x: {}, y, marks })).toThrow(message);
  });

  it("gives light lines a dark ground in the legend", () => {
    const line = (color: string): Mark => ({ kind: "line", x: [0, 1], y: [0, 1], label: "l", color });
    const grounds = (color: string) =>
      chart({ x: {}, y: {}, marks: [line(color)] }).split('fill="#777"').length - 1;
    // The yellow end of viridis counts as light: nobody sees it on white paper.
    expect(["#fff", "#fde725", "#E69F00", "#000000", "#FFFFFF"].map(grounds)).toEqual([1, 1, 0, 0, 1]);
  });

  it("shows missing cells only when told their colour", () => {
    const heat: Mark = { kind: "heat", x: [1, 2], y: [1], values: [1, NaN], missing: "#dddddd" };
    const [image] = embeddedPngs(chart({ x: {}, y: {}, marks: [heat] }));
    expect(image.pixels[image.width - 1]).toBe(0);
    expect(Array.from(image.palette.subarray(0, 3))).toEqual([221, 221, 221]);
  });

  it("refuses a page that is too small", () => {
    expect(() => chart({ width: 60, height: 60, x: {}, y: {}, marks: [] })).toThrow("no room");
  });

  it("matches its snapshot", () => {
    const svg = chart({
      width: 200,
      height: 150,
      title: "u",
      x: { label: "t" },
      y: { label: "u(t)" },
      marks: [{ kind: "line", x: [0, 1, 2], y: [0, 1, 0.5], label: "u" }],
    });
    expect(svg.replace(/></g, ">\n<")).toMatchSnapshot();
  });
});
