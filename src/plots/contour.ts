import { line } from "d3-shape";
import type { ContourMark, Table } from "./marks.js";
import type { Scale } from "./scale.js";
import { element, halo, label } from "./svg.js";

type Point = readonly [number, number];

/**
 * Polylines on which the bilinear table has the value `level`, in fractional [column, row] places: marching squares
 * (W. Lorensen & H. Cline, 1987, in two dimensions), saddles resolved by the mean of the four corners. Cells with a
 * NaN corner have no line.
 */
export function contourLines({ x, y, values }: Table, level: number): Point[][] {
  const columns = x.length;
  // An edge of the grid is known by its lower node and direction; each line visits an edge at most twice.
  const links = new Map<number, number[]>();
  const places = new Map<number, Point>();
  const cross = (row: number, column: number, upright: boolean): number => {
    const node = row * columns + column;
    const key = 2 * node + (upright ? 1 : 0);
    const [a, b] = [values[node], values[node + (upright ? columns : 1)]];
    const t = (level - a) / (b - a);
    places.set(key, upright ? [column, row + t] : [column + t, row]);
    return key;
  };
  const join = (a: number, b: number) => {
    links.set(a, [...(links.get(a) ?? []), b]);
    links.set(b, [...(links.get(b) ?? []), a]);
  };
  for (let r = 0; r + 1 < y.length; r++) {
    for (let c = 0; c + 1 < columns; c++) {
      const corner = [r * columns + c, r * columns + c + 1, (r + 1) * columns + c + 1, (r + 1) * columns + c];
      const v = corner.map((k) => values[k]);
      if (v.some(Number.isNaN)) continue;
      const above = v.map((value) => value >= level);
      const cut: number[] = [];
      if (above[0] !== above[1]) cut.push(cross(r, c, false));
      if (above[1] !== above[2]) cut.push(cross(r, c + 1, true));
      if (above[2] !== above[3]) cut.push(cross(r + 1, c, false));
      if (above[3] !== above[0]) cut.push(cross(r, c, true));
      if (cut.length === 2) join(cut[0], cut[1]);
      if (cut.length === 4) {
        const filled = (v[0] + v[1] + v[2] + v[3]) / 4 >= level === above[0];
        join(cut[0], cut[filled ? 1 : 3]);
        join(cut[2], cut[filled ? 3 : 1]);
      }
    }
  }
  return chains(links).map((chain) => chain.map((key) => places.get(key) as Point));
}

/** Walks a graph whose nodes have at most two neighbours: first the open chains from their ends, then the rings. */
function chains(links: ReadonlyMap<number, readonly number[]>): number[][] {
  const seen = new Set<number>();
  const walk = (start: number): number[] => {
    const chain = [start];
    seen.add(start);
    for (let at = start; ;) {
      const next = links.get(at)?.find((key) => !seen.has(key));
      if (next === undefined) break;
      chain.push(next);
      seen.add(next);
      at = next;
    }
    const closes = chain.length > 2 && links.get(start)?.includes(chain[chain.length - 1]);
    return closes ? [...chain, start] : chain;
  };
  const found: number[][] = [];
  for (const [key, ends] of links) if (ends.length === 1 && !seen.has(key)) found.push(walk(key));
  for (const key of links.keys()) if (!seen.has(key)) found.push(walk(key));
  return found;
}

/** Pixel at a fractional place among centres, straight between them on the axis's own scale. */
function pixelAt(centres: ArrayLike<number>, scale: Scale, place: number): number {
  const i = Math.min(centres.length - 1, Math.floor(place));
  const a = scale.position(centres[i]);
  return i + 1 < centres.length ? a + (place - i) * (scale.position(centres[i + 1]) - a) : a;
}

export function drawContour(mark: ContourMark, frame: { x: Scale; y: Scale }): string {
  const shape = line<Point>().digits(2);
  const color = mark.color ?? "#fff";
  let out = "";
  for (const level of mark.levels) {
    const lines = contourLines(mark, level).map((points) =>
      points.map(([column, row]): Point => [pixelAt(mark.x, frame.x, column), pixelAt(mark.y, frame.y, row)]),
    );
    if (lines.length === 0) continue;
    out += element("path", {
      d: lines.map((points) => shape(points) ?? "").join(""),
      fill: "none",
      stroke: color,
      "stroke-width": mark.width ?? 1.6,
      "stroke-dasharray": mark.dash || undefined,
    });
    if (!mark.text) continue;
    const longest = lines.reduce((best, next) => (next.length > best.length ? next : best));
    const [x, y] = longest[Math.floor(longest.length / 2)];
    out += label(mark.text(level), x, y + 4, { "text-anchor": "middle", "font-size": 11, ...halo });
  }
  return out;
}
