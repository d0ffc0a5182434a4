import { type ColormapName, colormap, type Color } from "./colormap.js";
import { cellEdges, type HeatMark } from "./marks.js";
import { encodePng, pngAddress } from "./png.js";
import type { Scale } from "./scale.js";
import { type Box, element } from "./svg.js";

/** Palette entry 0 is "nothing here"; the other 255 run through the colour map. */
export const colorLevels = 255;

export function indexedPalette(name: ColormapName, missing: Color = [255, 255, 255]): Color[] {
  const at = colormap(name);
  return [missing, ...Array.from({ length: colorLevels }, (_, i) => at(i / (colorLevels - 1)))];
}

/** Palette entry of a value, clamped to the domain; 0 for NaN. */
export function paletteIndex(value: number, domain: readonly [number, number], log = false): number {
  if (Number.isNaN(value)) return 0;
  const [v, a, b] = log ? [value, ...domain].map(Math.log) : [value, ...domain];
  const t = b === a ? 0.5 : (v - a) / (b - a);
  return 1 + Math.round(Math.min(1, Math.max(0, t)) * (colorLevels - 1));
}

/** Smallest and largest number that is not NaN; throws a RangeError when there is none. */
export function valueRange(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (!(low <= high)) throw new RangeError("values: not one number to colour");
  return [low, high];
}

export function heatDomain(mark: HeatMark): readonly [number, number] {
  return mark.domain ?? valueRange(mark.values);
}

/** For every one of `count` pixel centres along an axis: where its data coordinate falls among the centres. */
function places(centres: ArrayLike<number>, scale: Scale, start: number, step: number, count: number) {
  const edges = cellEdges(centres, scale.kind === "log");
  const warp = scale.kind === "log" ? Math.log : (v: number) => v;
  const cell = new Int32Array(count);
  const share = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    const value = scale.value(start + (p + 0.5) * step);
    let i = 0;
    while (i < centres.length - 1 && value > edges[i + 1]) i++;
    cell[p] = i;
    let low = 0;
    while (low < centres.length - 2 && value > centres[low + 1]) low++;
    const high = Math.min(low + 1, centres.length - 1);
    const width = warp(centres[high]) - warp(centres[low]);
    const t = width > 0 ? (warp(value) - warp(centres[low])) / width : 0;
    share[p] = low + Math.min(1, Math.max(0, t));
  }
  return { cell, share };
}

/** The rectangle of the table on the page. */
function tableBox(mark: HeatMark, x: Scale, y: Scale): Box {
  const across = cellEdges(mark.x, x.kind === "log");
  const up = cellEdges(mark.y, y.kind === "log");
  const [left, right] = [x.position(across[0]), x.position(across[across.length - 1])];
  const [bottom, top] = [y.position(up[0]), y.position(up[up.length - 1])];
  return {
    x: Math.min(left, right),
    y: Math.min(top, bottom),
    width: Math.abs(right - left),
    height: Math.abs(bottom - top),
  };
}

/** The table as an embedded picture with two pixels a point, so that cell edges are sharp on any axis. */
export function drawHeat(mark: HeatMark, frame: { x: Scale; y: Scale }): string {
  const box = tableBox(mark, frame.x, frame.y);
  const [width, height] = [Math.ceil(box.width * 2), Math.ceil(box.height * 2)];
  const across = places(mark.x, frame.x, box.x, box.width / width, width);
  const down = places(mark.y, frame.y, box.y, box.height / height, height);
  const domain = heatDomain(mark);
  const columns = mark.x.length;
  const pixels = new Uint8Array(width * height);
  for (let q = 0; q < height; q++) {
    for (let p = 0; p < width; p++) {
      const value = mark.smooth
        ? bilinear(mark.values, columns, across.share[p], down.share[q])
        : mark.values[down.cell[q] * columns + across.cell[p]];
      pixels[q * width + p] = paletteIndex(value, domain, mark.log);
    }
  }
  const missing = mark.missing ? parseHex(mark.missing) : undefined;
  const png = encodePng(width, height, pixels, indexedPalette(mark.colormap ?? "viridis", missing));
  return element("image", { ...box, preserveAspectRatio: "none", href: pngAddress(png) });
}

function bilinear(values: ArrayLike<number>, columns: number, x: number, y: number): number {
  const [i, j] = [Math.floor(x), Math.floor(y)];
  const [s, t] = [x - i, y - j];
  const at = (row: number, column: number) => values[row * columns + column];
  const row = (r: number) => (s === 0 ? at(r, i) : (1 - s) * at(r, i) + s * at(r, i + 1));
  return t === 0 ? row(j) : (1 - t) * row(j) + t * row(j + 1);
}

function parseHex(color: string): Color {
  if (!/^#[0-9a-f]{6}$/i.test(color))
    throw new RangeError(`missing: "${color}" is not a colour like "#dddddd"`);
  return [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16)) as unknown as Color;
}
