import type { MatrixLike } from "../numerics/rows.js";
import { colorBarWidth, drawColorBar } from "./color-bar.js";
import type { ColormapName } from "./colormap.js";
import { isHarmonic, latLonDensity, type HarmonicDensity } from "./harmonic-density.js";
import type { Direction } from "./projection.js";
import { type LatLonRaster, rasterDensity } from "./lat-lon.js";
import { drawDisc, type Field, placeDiscs, sampleDisc, type SphereProjection } from "./sphere-disc.js";
import { label, picture, type Svg } from "./svg.js";
import { wrapText } from "./text.js";
import { tokensOf } from "./tokens.js";

/** One map of a density on the unit sphere of R³. */
export interface SphereMapSpec {
  /**
   * Density at a unit vector, its values on a grid of latitudes and longitudes, or its harmonics: the evolution of
   * `fokkerPlanck` as it is.
   */
  readonly density: ((x: number, y: number, z: number) => number) | LatLonRaster | HarmonicDensity;
  /** [n,3] unit vectors, drawn on top: row by row, nested rows, or an ndarray. */
  readonly tokens?: MatrixLike;
  readonly title?: string;
}

export interface SphereMapOptions {
  /** Default "hammer". "orthographic" draws two discs: the hemisphere around the centre and the one behind. */
  readonly projection?: SphereProjection;
  /** Unit vector in the middle of the map; default (1, 0, 0). */
  readonly centre?: Direction;
  /** Width of one map in pixels; default 320. */
  readonly width?: number;
  /** Maps in a row; default 2. */
  readonly columns?: number;
  readonly colormap?: ColormapName;
  /** Values at the ends of the colour bar; default from 0 (or the smallest value, if negative) to the largest. */
  readonly domain?: readonly [number, number];
  /** Default "density per steradian". */
  readonly barLabel?: string;
  readonly title?: string;
  readonly graticule?: boolean;
}

function density3(density: SphereMapSpec["density"]): (x: number, y: number, z: number) => number {
  if (typeof density === "function") return density;
  return rasterDensity(isHarmonic(density) ? latLonDensity(density) : density);
}

/**
 * One map with its colour bar; a density in harmonics may stand alone. Throws a RangeError when the density is not finite
 * somewhere on the map or lives on the circle, or when tokens are not triples.
 */
export function sphereMap(spec: (SphereMapSpec & SphereMapOptions) | HarmonicDensity): Svg {
  if (isHarmonic(spec)) return sphereMap({ density: spec });
  const { density, tokens, title, ...options } = spec;
  return sphereMaps([{ density, tokens, title }], { width: 440, ...options });
}

/**
 * Maps on one shared colour scale, in rows of `columns`, with one colour bar. Throws a RangeError when a density is
 * not finite somewhere on the map or lives on the circle, or when tokens are not triples.
 */
export function sphereMaps(maps: readonly SphereMapSpec[], options: SphereMapOptions = {}): Svg {
  const { projection = "hammer", centre = [1, 0, 0], width = 320, colormap = "viridis" } = options;
  if (maps.length === 0) throw new RangeError("maps: want at least one");
  const columns = Math.min(maps.length, options.columns ?? 2);
  const rows = Math.ceil(maps.length / columns);
  const titled = maps.some((map) => map.title);
  const mapTop = titled ? 26 : 8;
  const cell = { width: width + 16, height: mapTop + width / 2 + 8 };
  const titleLines = options.title ? wrapText(options.title, (columns * cell.width) / 1.12, 14) : [];
  const top = 8 + titleLines.length * 19;

  const discs = maps.map((_, i) => {
    const x = 10 + (i % columns) * cell.width;
    return placeDiscs(projection, centre, x, top + Math.floor(i / columns) * cell.height + mapTop, width);
  });
  const fields = maps.map((map, i) => {
    const density = density3(map.density);
    return discs[i].map((disc) => sampleDisc(disc, density, i));
  });
  const domain = options.domain ?? sharedDomain(fields.flat());
  const height = top + rows * cell.height + 4;
  const barHeight = Math.min(cell.height - mapTop - 8, 260);
  const barLabel = options.barLabel ?? "density per steradian";
  const bar = { colormap, domain, label: barLabel };
  const look = { colormap, domain, graticule: options.graticule ?? true };
  const barX = 10 + columns * cell.width;
  const barY = top + mapTop + (rows * cell.height - mapTop - 8 - barHeight) / 2;
  const barWidth = colorBarWidth(bar, barHeight);

  const body = maps.map((map, i) => {
    const first = discs[i][0];
    const middle = 10 + (i % columns) * cell.width + width / 2;
    const heading = map.title
      ? label(map.title, middle, first.cy - first.unit * first.projection.extent[1] - 9, {
          "text-anchor": "middle",
        })
      : "";
    const tokens = tokensOf(map.tokens ?? [], 3);
    return heading + discs[i].map((disc, k) => drawDisc(disc, fields[i][k], look, tokens)).join("");
  });
  return picture(
    barX + barWidth + 8,
    height,
    options.title ?? maps[0].title ?? "density on the sphere",
    ...titleLines.map((line, i) => label(line, 10, 22 + 19 * i, { "font-size": 14, "font-weight": "bold" })),
    ...body,
    drawColorBar(bar, { x: barX, y: barY, width: barWidth, height: barHeight }),
  );
}

function sharedDomain(fields: readonly Field[]): [number, number] {
  let [low, high] = [0, 0];
  for (const { values } of fields) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
