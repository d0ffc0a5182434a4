import {
  symbol,
  symbolCircle,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  type SymbolType,
} from "d3-shape";

/**
 * Colours that people with any common colour blindness tell apart: M. Okabe & K. Ito, "Color Universal Design" (2008),
 * without its yellow, which vanishes on white paper. Dashes and markers say the same without colour.
 */
const colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
const dashes = ["", "7 3", "2 2.5", "9 3 2 3", "5 2", "12 4", "1 3"];
const markers = ["circle", "square", "triangle", "diamond", "star"] as const;

export type Marker = (typeof markers)[number];

export interface Style {
  readonly color: string;
  /** An SVG dash array; empty for a solid line. */
  readonly dash: string;
  readonly marker: Marker;
}

/** The look of the series with number `index`, the same wherever it is drawn. */
export function seriesStyle(index: number): Style {
  const i = Math.abs(Math.trunc(index));
  return {
    color: colors[i % colors.length],
    dash: dashes[i % dashes.length],
    marker: markers[i % markers.length],
  };
}

const shapes: Record<Marker, { type: SymbolType; area: number }> = {
  circle: { type: symbolCircle, area: 0.79 },
  square: { type: symbolSquare, area: 0.72 },
  triangle: { type: symbolTriangle, area: 0.62 },
  diamond: { type: symbolDiamond, area: 0.62 },
  star: { type: symbolStar, area: 0.6 },
};

/** Path of a marker of the given diameter around the origin; all have about the same weight on the page. */
export function markerPath(marker: Marker, diameter: number): string {
  const { type, area } = shapes[marker];
  return symbol(type, area * diameter * diameter).digits(2)() ?? "";
}
