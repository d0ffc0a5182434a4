import type { MatrixLike } from "../numerics/rows.js";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { seriesStyle } from "./palette.js";
import { element, faintInk, label, picture, type Svg } from "./svg.js";
import { legendRows, drawLegend, type LegendEntry } from "./legend.js";
import { densityOfAngle, isHarmonic, type HarmonicDensity } from "./harmonic-density.js";
import { shortNumber, textWidth } from "./text.js";
import { tokensOf } from "./tokens.js";

/** A density per radian: a function of the angle, or its harmonics: the evolution of `fokkerPlanck` as it is. */
export type CircleDensity = ((angle: number) => number) | HarmonicDensity;

export interface CircleMapSpec extends CircleMapOptions {
  /** Drawn over each other. */
  readonly densities: readonly { readonly label?: string; readonly density: CircleDensity }[];
}

export interface CircleMapOptions {
  /** [n,2] unit vectors, drawn on the circle: row by row, nested rows, or an ndarray. */
  readonly tokens?: MatrixLike;
  readonly title?: string;
  /** Density at the outer circle; default the largest value. */
  readonly max?: number;
  /** Width in pixels; default 340. */
  readonly width?: number;
}

type Point = [number, number];
const samples = 720;

/**
 * Densities on the unit circle as height above it, with rings for scale, and tokens as dots on it. A negative density
 * (truncation) shows inside the circle. A density in harmonics may stand alone. Throws a RangeError on values that are
 * not finite, on a density that lives on the sphere, and when tokens are not pairs.
 */
export function circleMap(
  given: CircleMapSpec | (CircleMapOptions & { readonly density: CircleDensity }) | HarmonicDensity,
): Svg {
  const spec = specOf(given);
  const { width = 340, title } = spec;
  const tokens = tokensOf(spec.tokens ?? [], 2);
  const curves = spec.densities.map(({ density }, index) => sampled(density, index));
  const entries = spec.densities.flatMap(({ label: name }, i): LegendEntry[] =>
    name === undefined ? [] : [{ label: name, line: seriesStyle(i) }],
  );
  const max =
    spec.max ?? Math.max(1e-300, ...curves.map((values) => values.reduce((m, v) => Math.max(m, v))));
  const legend = legendRows(entries, width - 20);
  const titleHeight = title ? 22 : 0;
  const top = 10 + titleHeight + (legend.height ? legend.height + 6 : 0);
  const ring = placeRing(width, top, max);
  // Rings at round values.
  const values = scaleLinear().domain([0, max]).ticks(3).slice(1);
  return picture(
    width,
    ring.cy + ring.outer + 26,
    title ?? "density on the circle",
    ...(title ? [label(title, 10, 24, { "font-size": 13, "font-weight": "bold" })] : []),
    drawLegend(legend, Math.max(10, (width - legend.width) / 2), 10 + titleHeight),
    ...values.map((value) => drawRing(ring, value)),
    ...drawAngles(ring),
    ...curves.flatMap((curve, i) => drawCurve(ring, curve, i)),
    element("circle", {
      ...centreOf(ring),
      r: ring.inner,
      fill: "none",
      stroke: "#333",
      "stroke-width": 1.2,
    }),
    ...drawTokens(ring, tokens),
    ...values.map((value) => drawValue(ring, value)),
    label("density per radian", ring.cx, ring.cy + 4, {
      "text-anchor": "middle",
      "font-size": 10.5,
      fill: faintInk,
    }),
  );
}

/** The density at evenly spread angles. */
function sampled(given: CircleDensity, index: number): Float64Array {
  const density = isHarmonic(given) ? densityOfAngle(given) : given;
  return Float64Array.from({ length: samples }, (_, i) => {
    const value = density((2 * Math.PI * i) / samples);
    if (!Number.isFinite(value))
      throw new RangeError(`densities[${index}]: ${value} at sample ${i} of ${samples}`);
    return value;
  });
}

/** Where the circle stands in the picture, and how a density becomes a height above it. */
interface Ring {
  readonly cx: number;
  readonly cy: number;
  readonly inner: number;
  readonly outer: number;
  at(angle: number, radius: number): Point;
  height(value: number): number;
}

function placeRing(width: number, top: number, max: number): Ring {
  const outer = width / 2 - 34;
  const inner = outer * 0.45;
  const [cx, cy] = [width / 2, top + outer + 20];
  return {
    cx,
    cy,
    inner,
    outer,
    at: (angle, radius) => [cx + radius * Math.cos(angle), cy - radius * Math.sin(angle)],
    height: (value) => inner + ((outer - inner) * value) / max,
  };
}

const centreOf = ({ cx, cy }: Ring) => ({ cx, cy });

const drawRing = (ring: Ring, value: number): string =>
  element("circle", {
    ...centreOf(ring),
    r: ring.height(value),
    fill: "none",
    stroke: "#dcdcdc",
    "stroke-width": 0.8,
  });

/** The value of a ring, beside it. */
function drawValue({ at, height }: Ring, value: number): string {
  const [x, y] = at(Math.PI * 0.3, height(value));
  return label(shortNumber(value), x, y + 3, {
    "text-anchor": "middle",
    "font-size": 10,
    fill: faintInk,
    "paint-order": "stroke",
    stroke: "#fff",
    "stroke-width": 3,
  });
}

const ANGLES = [
  [0, "0"],
  [0.5, "π/2"],
  [1, "π"],
  [1.5, "3π/2"],
] as const;

const drawAngles = ({ at, outer }: Ring): string[] =>
  ANGLES.map(([angle, name]) => {
    const [x, y] = at(angle * Math.PI, outer + 14);
    const shift = angle === 0 || angle === 1 ? (textWidth(name, 11) / 2 - 4) * (angle === 0 ? 1 : -1) : 0;
    return label(name, x + shift, y + 4, { "text-anchor": "middle", "font-size": 11 });
  });

/** A density as a line above the circle, and the area between. */
function drawCurve({ cx, cy, inner, at, height }: Ring, values: Float64Array, series: number): string[] {
  const { color, dash } = seriesStyle(series);
  const points = Array.from(values, (v, k) => at((2 * Math.PI * k) / samples, height(v)));
  const d = `${line<Point>().digits(2)(points) ?? ""}Z`;
  const base = ringPath(cx, cy, inner);
  return [
    element("path", { d: d + base, fill: color, "fill-opacity": 0.15, "fill-rule": "evenodd" }),
    element("path", {
      d,
      fill: "none",
      stroke: color,
      "stroke-width": 1.6,
      "stroke-dasharray": dash || undefined,
    }),
  ];
}

const drawTokens = ({ at, inner }: Ring, tokens: ArrayLike<number>): string[] =>
  Array.from({ length: tokens.length / 2 }, (_, i) => {
    const [x, y] = at(Math.atan2(tokens[2 * i + 1], tokens[2 * i]), inner);
    return element("circle", { cx: x, cy: y, r: 2.4, fill: "#fff", stroke: "#111", "stroke-width": 0.8 });
  });

function specOf(given: Parameters<typeof circleMap>[0]): CircleMapSpec {
  if (isHarmonic(given)) return { densities: [{ density: given }] };
  return "densities" in given ? given : { ...given, densities: [{ density: given.density }] };
}

/** A circle as a path, for cutting it out of another. */
function ringPath(cx: number, cy: number, r: number): string {
  const [x, y, radius] = [cx - r, cy, r].map((v) => v.toFixed(2));
  return `M${x} ${y}a${radius} ${radius} 0 1 0 ${(2 * r).toFixed(2)} 0a${radius} ${radius} 0 1 0 ${(-2 * r).toFixed(2)} 0Z`;
}
