import { area, line } from "d3-shape";
import { drawContour } from "./contour.js";
import { drawHeat } from "./heat.js";
import type {
  BandMark,
  LineMark,
  Mark,
  PointsMark,
  RegionMark,
  RuleMark,
  SlopeMark,
  TextMark,
} from "./marks.js";
import { markerPath, seriesStyle } from "./palette.js";
import type { Scale } from "./scale.js";
import { type Box, coordinate, element, faintInk, halo, ink, label } from "./svg.js";
import { fraction, textWidth } from "./text.js";

/** A plot ready for marks: its rectangle and its two scales. */
export interface Frame {
  readonly plot: Box;
  readonly x: Scale;
  readonly y: Scale;
}

type Point = [number, number];

/** Markup of one mark. `index` is its place among the marks, which decides its look when it names no series. */
export function drawMark(mark: Mark, index: number, frame: Frame): string {
  switch (mark.kind) {
    case "line":
      return drawLine(mark, index, frame);
    case "points":
      return drawPoints(mark, index, frame);
    case "band":
      return drawBand(mark, index, frame);
    case "slope":
      return drawSlope(mark, frame);
    case "region":
      return drawRegion(mark, frame);
    case "rule":
      return drawRule(mark, frame);
    case "heat":
      return drawHeat(mark, frame);
    case "contour":
      return drawContour(mark, frame);
    case "text":
      return drawText(mark, frame);
  }
}

function pixels(x: ArrayLike<number>, y: ArrayLike<number>, frame: Frame): Point[] {
  return Array.from(x, (v, i): Point => [frame.x.position(v), frame.y.position(y[i])]);
}

function drawLine(mark: LineMark, index: number, frame: Frame): string {
  const style = seriesStyle(mark.series ?? index);
  const dash = mark.dash ?? style.dash;
  return element("path", {
    d: line<Point>().digits(2)(pixels(mark.x, mark.y, frame)) ?? "",
    fill: "none",
    stroke: mark.color ?? style.color,
    "stroke-width": mark.width ?? 1.8,
    "stroke-linejoin": "round",
    "stroke-dasharray": dash || undefined,
    opacity: mark.opacity,
  });
}

function drawPoints(mark: PointsMark, index: number, frame: Frame): string {
  const style = seriesStyle(mark.series ?? index);
  const color = mark.color ?? style.color;
  const points = pixels(mark.x, mark.y, frame);
  const shape = markerPath(mark.marker ?? style.marker, mark.size ?? 7);
  const { low, high } = mark;
  const bars = low && high ? points.map(([x], i) => errorBar(x, frame, low[i], high[i])).join("") : "";
  return element(
    "g",
    { fill: color, opacity: mark.opacity },
    ...(bars ? [element("path", { d: bars, fill: "none", stroke: color, "stroke-width": 1.2 })] : []),
    ...points.map(([x, y], i) => {
      const transform = `translate(${coordinate(x)} ${coordinate(y)})`;
      const open = mark.y[i] === 0 && frame.y.zero !== undefined;
      return open
        ? element("path", { d: shape, transform, fill: "#fff", stroke: color, "stroke-width": 1.4 })
        : element("path", { d: shape, transform, stroke: "#fff", "stroke-width": 0.8 });
    }),
  );
}

/** A vertical bar with caps; one that reaches zero on a logarithmic axis runs off the plot, without a cap. */
function errorBar(x: number, { plot, y }: Frame, low: number, high: number): string {
  const cap = 3.5;
  const endless = y.kind === "log" && !(low > 0);
  const bottom = endless ? plot.y + plot.height + 10 : y.position(low);
  const top = y.position(high);
  const [left, middle, right] = [x - cap, x, x + cap].map(coordinate);
  const [b, t] = [bottom, top].map(coordinate);
  return `M${left} ${t}H${right}M${middle} ${t}V${b}` + (endless ? "" : `M${left} ${b}H${right}`);
}

function drawBand(mark: BandMark, index: number, frame: Frame): string {
  const bottom = frame.plot.y + frame.plot.height + 10;
  const toPixel = (v: number) => (frame.y.kind === "log" && !(v > 0) ? bottom : frame.y.position(v));
  const rows = Array.from(mark.x, (v, i) => [
    frame.x.position(v),
    toPixel(mark.low[i]),
    toPixel(mark.high[i]),
  ]);
  const shape = area<number[]>(
    (p) => p[0],
    (p) => p[1],
    (p) => p[2],
  ).digits(2);
  return element("path", {
    d: shape(rows) ?? "",
    fill: mark.color ?? seriesStyle(mark.series ?? index).color,
    opacity: mark.opacity ?? 0.2,
  });
}

function drawSlope(mark: SlopeMark, frame: Frame): string {
  const [[x1, y1], [x2, y2]] = mark.x.map((v): Point => {
    const y = mark.through[1] * (v / mark.through[0]) ** mark.slope;
    return [frame.x.position(v), frame.y.position(y)];
  });
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const shift = mark.side === "above" ? -6 : 14;
  const [cx, cy] = [(x1 + x2) / 2 - shift * Math.sin(angle), (y1 + y2) / 2 + shift * Math.cos(angle)];
  const turn = `rotate(${coordinate((angle * 180) / Math.PI)} ${coordinate(cx)} ${coordinate(cy)})`;
  return (
    element("line", { x1, y1, x2, y2, stroke: faintInk, "stroke-width": 1.1, "stroke-dasharray": "4 3" }) +
    label(mark.text ?? `slope ${fraction(mark.slope)}`, cx, cy, {
      "text-anchor": "middle",
      "font-size": 11,
      fill: faintInk,
      transform: turn,
    })
  );
}

function drawRegion(mark: RegionMark, frame: Frame): string {
  const corners = mark.points.map(([x, y]): Point => [frame.x.position(x), frame.y.position(y)]);
  const d = `${line<Point>().digits(2)(corners) ?? ""}Z`;
  const edge = mark.edge;
  const shape = element("path", {
    d,
    fill: mark.color ?? "#888",
    "fill-opacity": mark.opacity ?? 0.15,
    stroke: edge,
    "stroke-width": edge ? 1.2 : undefined,
  });
  if (!mark.text) return shape;
  const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  const [x, y] = mark.at ? [frame.x.position(mark.at[0]), frame.y.position(mark.at[1])] : [mean(0), mean(1)];
  return shape + label(mark.text, x, y + 4, { "text-anchor": "middle", "font-weight": "bold", ...halo });
}

function drawRule(mark: RuleMark, { plot, x, y }: Frame): string {
  const at = mark.x !== undefined ? x.position(mark.x) : y.position(mark.y ?? 0);
  const upright = mark.x !== undefined;
  const [x1, y1, x2, y2] = upright
    ? [at, plot.y, at, plot.y + plot.height]
    : [plot.x, at, plot.x + plot.width, at];
  const color = mark.color ?? faintInk;
  const stroke = { stroke: color, "stroke-width": 1.2, "stroke-dasharray": mark.dash ?? "5 3" };
  const rule = element("line", { x1, y1, x2, y2, ...stroke });
  if (!mark.text) return rule;
  const style = { "font-size": 11, fill: color, ...halo };
  if (!upright) return rule + label(mark.text, x2 - 5, at - 5, { "text-anchor": "end", ...style });
  const fits = at + 5 + textWidth(mark.text, 11) < plot.x + plot.width;
  return (
    rule +
    label(mark.text, at + (fits ? 5 : -5), plot.y + 14, { "text-anchor": fits ? "start" : "end", ...style })
  );
}

function drawText(mark: TextMark, frame: Frame): string {
  return label(mark.text, frame.x.position(mark.x), frame.y.position(mark.y) + 4, {
    "text-anchor": mark.anchor ?? "middle",
    "font-size": mark.size ?? 12,
    fill: mark.color ?? ink,
    ...halo,
  });
}
