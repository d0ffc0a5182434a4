import type { ColormapName } from "./colormap.js";
import { indexedPalette, paletteIndex } from "./heat.js";
import { encodePng, pngAddress } from "./png.js";
import {
  centredOn,
  type Direction,
  hammer,
  mollweide,
  orthographic,
  type Plane,
  type Projection,
} from "./projection.js";
import { coordinate, element } from "./svg.js";

export type SphereProjection = "hammer" | "mollweide" | "orthographic";

/** One picture of the sphere, or of half of it, at its place on the page. */
export interface Disc {
  readonly projection: Projection;
  readonly axes: readonly [Direction, Direction, Direction];
  /** Centre on the page and pixels for one unit of the projection. */
  readonly cx: number;
  readonly cy: number;
  readonly unit: number;
}

/** The whole sphere in one ellipse, or two hemispheres side by side; both are twice as wide as high. */
export function placeDiscs(
  name: SphereProjection,
  centre: Direction,
  x: number,
  y: number,
  width: number,
): Disc[] {
  const cy = y + width / 4;
  if (name !== "orthographic") {
    const projection = name === "hammer" ? hammer : mollweide;
    const unit = width / 2 / projection.extent[0];
    return [{ projection, axes: centredOn(centre), cx: x + width / 2, cy, unit }];
  }
  const radius = width / 4 - 3;
  const behind: Direction = [-centre[0], -centre[1], -centre[2]];
  return [centre, behind].map((middle, k) => ({
    projection: orthographic,
    axes: centredOn(middle),
    cx: x + width / 4 + (k * width) / 2,
    cy,
    unit: radius,
  }));
}

/** Values of a density on the pixels of a disc. */
export interface Field {
  readonly width: number;
  readonly height: number;
  /** NaN outside the map. */
  readonly values: Float64Array;
}

/** The density at two samples a pixel. */
export function sampleDisc(
  disc: Disc,
  density: (x: number, y: number, z: number) => number,
  map: number,
): Field {
  const [a, b] = disc.projection.extent;
  const width = Math.ceil(4 * a * disc.unit);
  const height = Math.ceil(4 * b * disc.unit);
  const [e0, e1, e2] = disc.axes;
  const values = new Float64Array(width * height).fill(NaN);
  for (let q = 0; q < height; q++) {
    for (let p = 0; p < width; p++) {
      const u = disc.projection.inverse([a * ((2 * p + 1) / width - 1), b * (1 - (2 * q + 1) / height)]);
      if (!u) continue;
      const at = (k: 0 | 1 | 2) => u[0] * e0[k] + u[1] * e1[k] + u[2] * e2[k];
      const value = density(at(0), at(1), at(2));
      if (!Number.isFinite(value))
        throw new RangeError(`maps[${map}].density: ${value} at [${at(0)}, ${at(1)}, ${at(2)}]`);
      values[q * width + p] = value;
    }
  }
  return { width, height, values };
}

/** The sampled density in colours, the graticule if asked for, the tokens [n,3] and the rim. */
export function drawDisc(
  disc: Disc,
  field: Field,
  look: { colormap: ColormapName; domain: readonly [number, number]; graticule: boolean },
  tokens: ArrayLike<number>,
): string {
  const { cx, cy, unit, projection } = disc;
  const [rx, ry] = projection.extent.map((v) => v * unit);
  const pixels = Uint8Array.from(field.values, (value) => paletteIndex(value, look.domain));
  const href = pngAddress(encodePng(field.width, field.height, pixels, indexedPalette(look.colormap), 0));
  const box = { x: cx - rx, y: cy - ry, width: 2 * rx, height: 2 * ry };
  return (
    element("image", { ...box, preserveAspectRatio: "none", href }) +
    (look.graticule ? drawGraticule(disc) : "") +
    drawTokens(disc, tokens) +
    // Drawn last: hides the stairs at the edge of the embedded picture.
    element("ellipse", { cx, cy, rx, ry, fill: "none", stroke: "#333", "stroke-width": 1.4 })
  );
}

const onPage = ({ cx, cy, unit }: Disc, [x, y]: Plane): Plane => [cx + unit * x, cy - unit * y];

/** Meridians and parallels of the map's own frame, every 30 degrees. */
function drawGraticule(disc: Disc): string {
  const rad = Math.PI / 180;
  const lines: Direction[][] = [];
  const at = (longitude: number, latitude: number): Direction => [
    Math.cos(latitude * rad) * Math.cos(longitude * rad),
    Math.cos(latitude * rad) * Math.sin(longitude * rad),
    Math.sin(latitude * rad),
  ];
  const steps = (from: number, to: number) =>
    Array.from({ length: 61 }, (_, i) => from + ((to - from) * i) / 60);
  const side = disc.projection === orthographic ? 90 : 180;
  for (let longitude = 30 - side; longitude < side; longitude += 30)
    lines.push(steps(-90, 90).map((latitude) => at(longitude, latitude)));
  for (let latitude = -60; latitude <= 60; latitude += 30)
    lines.push(steps(-side + 1e-6, side - 1e-6).map((longitude) => at(longitude, latitude)));
  const d = lines
    .map((line) => {
      const points = line.flatMap((u) => disc.projection.forward(u) ?? []);
      let path = "";
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = onPage(disc, [points[i], points[i + 1]]);
        path += `${i === 0 ? "M" : "L"}${coordinate(x)} ${coordinate(y)}`;
      }
      return path;
    })
    .join("");
  return element("path", { d, fill: "none", stroke: "#fff", "stroke-width": 0.6, opacity: 0.35 });
}

/** Dots with a dark rim, which show on every colour; smaller when there are many. */
function drawTokens(disc: Disc, tokens: ArrayLike<number>): string {
  const count = tokens.length / 3;
  if (count === 0) return "";
  const size = Math.min(4.5, Math.max(1.4, 34 / Math.sqrt(count)));
  // A tenth of a pixel will do in a crowd, and keeps the file small.
  const place = count > 800 ? (v: number) => String(Math.round(v * 10) / 10) : coordinate;
  let d = "";
  for (let i = 0; i < count; i++) {
    const dot = disc.axes.map(
      (e) => e[0] * tokens[3 * i] + e[1] * tokens[3 * i + 1] + e[2] * tokens[3 * i + 2],
    );
    const point = disc.projection.forward([dot[0], dot[1], dot[2]]);
    if (!point) continue;
    const [x, y] = onPage(disc, point);
    d += `M${place(x)} ${place(y)}h.01`;
  }
  const dots = (color: string, width: number) =>
    element("path", { d, fill: "none", stroke: color, "stroke-width": width, "stroke-linecap": "round" });
  return dots("#111", size + (count > 800 ? 0.7 : 1.4)) + dots("#fff", size);
}
