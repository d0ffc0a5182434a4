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
  const curves = spec.densities.map((curve, index) => {
    const density = isHarmonic(curve.density) ? densityOfAngle(curve.density) : curve.density;
    return Float64Array.from({ length: samples }, (_, i) => {
      const value = density((2 * Math.PI * i) / samples);
      if (!Number.isFinite(value))
        throw new RangeError(`densities[${index}]: ${value} at sample ${i} of ${samples}`);
      return value;
    });
  });
  const entries = spec.densities.flatMap(({ label: name }, i): LegendEntry[] =>
    name === undefined ? [] : [{ label: name, line: seriesStyle(i) }],
  );
  const max =
    spec.max ?? Math.max(1e-300, ...curves.map((values) => values.reduce((m, v) => Math.max(m, v))));
  const legend = legendRows(entries, width - 20);
  const top = 10 + (title ? 22 : 0) + (legend.height ? legend.height + 6 : 0);
  const outer = width / 2 - 34;
  const inner = outer * 0.45;
  const [cx, cy] = [width / 2, top + outer + 20];
  const at = (angle: number, radius: number): Point => [
    cx + radius * Math.cos(angle),
    cy - radius * Math.sin(angle),
  ];
  const height = (value: number) => inner + ((outer - inner) * value) / max;

  // Rings at round values.
  const rings = scaleLinear().domain([0, max]).ticks(3).slice(1);

  const body: string[] = [];
  if (title) body.push(label(title, 10, 24, { "font-size": 13, "font-weight": "bold" }));
  body.push(drawLegend(legend, Math.max(10, (width - legend.width) / 2), 10 + (title ? 22 : 0)));
  for (const value of rings) {
    const ring = { cx, cy, r: height(value), fill: "none", stroke: "#dcdcdc", "stroke-width": 0.8 };
    body.push(element("circle", ring));
  }
  for (const [angle, name] of [
    [0, "0"],
    [0.5, "π/2"],
    [1, "π"],
    [1.5, "3π/2"],
  ] as const) {
    const [x, y] = at(angle * Math.PI, outer + 14);
    const shift = angle === 0 || angle === 1 ? (textWidth(name, 11) / 2 - 4) * (angle === 0 ? 1 : -1) : 0;
    body.push(label(name, x + shift, y + 4, { "text-anchor": "middle", "font-size": 11 }));
  }
  curves.forEach((values, i) => {
    const { color, dash } = seriesStyle(i);
    const points = Array.from(values, (v, k) => at((2 * Math.PI * k) / samples, height(v)));
    const d = `${line<Point>().digits(2)(points) ?? ""}Z`;
    const base = ringPath(cx, cy, inner);
    body.push(element("path", { d: d + base, fill: color, "fill-opacity": 0.15, "fill-rule": "evenodd" }));
    body.push(
      element("path", {
        d,
        fill: "none",
        stroke: color,
        "stroke-width": 1.6,
        "stroke-dasharray": dash || undefined,
      }),
    );
  });
  body.push(element("circle", { cx, cy, r: inner, fill: "none", stroke: "#333", "stroke-width": 1.2 }));
  for (let i = 0; i < tokens.length; i += 2) {
    const [x, y] = at(Math.atan2(tokens[i + 1], tokens[i]), inner);
    body.push(element("circle", { cx: x, cy: y, r: 2.4, fill: "#fff", stroke: "#111", "stroke-width": 0.8 }));
  }
  for (const value of rings) {
    const [x, y] = at(Math.PI * 0.3, height(value));
    const text = {
      "font-size": 10,
      fill: faintInk,
      "paint-order": "stroke",
      stroke: "#fff",
      "stroke-width": 3,
    };
    body.push(label(shortNumber(value), x, y + 3, { "text-anchor": "middle", ...text }));
  }
  body.push(
    label("density per radian", cx, cy + 4, { "text-anchor": "middle", "font-size": 10.5, fill: faintInk }),
  );
  return picture(width, cy + outer + 26, title ?? "density on the circle", ...body);
}

function specOf(given: Parameters<typeof circleMap>[0]): CircleMapSpec {
  if (isHarmonic(given)) return { densities: [{ density: given }] };
  return "densities" in given ? given : { ...given, densities: [{ density: given.density }] };
}

/** A circle as a path, for cutting it out of another. */
function ringPath(cx: number, cy: number, r: number): string {
  const [x, y, radius] = [cx - r, cy, r].map((v) => v.toFixed(2));
  return `M${x} ${y}a${radius} ${radius} 0 1 0 ${(2 * r).toFixed(2)} 0a${radius} ${radius} 0 1 0 ${(-2 * r).toFixed(2)} 0Z`;
}
