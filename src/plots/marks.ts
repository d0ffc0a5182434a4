import type { ColormapName } from "./colormap.js";
import type { Marker } from "./palette.js";

/** Colour, dash and marker come from the series number unless they are given. */
export interface MarkStyle {
  /** Place in the palette; default: the mark's place among the marks. Give a line and its band the same number. */
  readonly series?: number;
  readonly color?: string;
  /** Name in the legend. Marks with the same label share one entry. */
  readonly label?: string;
  /** Second, fainter line of the legend entry. */
  readonly note?: string;
}

export interface LineMark extends MarkStyle {
  readonly kind: "line";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** An SVG dash array; "" for solid. */
  readonly dash?: string;
  readonly width?: number;
  readonly opacity?: number;
}

/**
 * Points, with an interval [low, high] around each when both are given: bounds, not half-widths. A point at y = 0 has an
 * open marker in the row for zeros of a logarithmic axis that has one.
 */
export interface PointsMark extends MarkStyle {
  readonly kind: "points";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  readonly marker?: Marker;
  /** Diameter in pixels. */
  readonly size?: number;
  readonly opacity?: number;
}

/** The ribbon between two curves. */
export interface BandMark extends MarkStyle {
  readonly kind: "band";
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly opacity?: number;
}

/** A dashed line y = through_y (x / through_x)^slope on logarithmic axes, named beside itself. */
export interface SlopeMark {
  readonly kind: "slope";
  readonly slope: number;
  readonly through: readonly [number, number];
  /** Where it starts and ends. */
  readonly x: readonly [number, number];
  /** Default "slope ½". */
  readonly text?: string;
  /** The side of the line the text stands on; default below. */
  readonly side?: "above" | "below";
}

/** A shaded polygon of [x, y] corners, with a name inside it. */
export interface RegionMark {
  readonly kind: "region";
  readonly points: readonly (readonly [number, number])[];
  readonly color?: string;
  readonly opacity?: number;
  /** Drawn along the edge when given. */
  readonly edge?: string;
  readonly text?: string;
  /** Where the text is centred; default the mean of the corners. */
  readonly at?: readonly [number, number];
}

/** A straight line across the plot at one x or one y. */
export interface RuleMark {
  readonly kind: "rule";
  readonly x?: number;
  readonly y?: number;
  readonly text?: string;
  readonly color?: string;
  readonly dash?: string;
}

/** A table of numbers as colours: values[row * x.length + column] at (x[column], y[row]). */
export interface HeatMark {
  readonly kind: "heat";
  /** Cell centres, increasing. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly colormap?: ColormapName;
  /** Values at the two ends of the colour bar; default the smallest and largest. */
  readonly domain?: readonly [number, number];
  /** Colours by the logarithm of the value. */
  readonly log?: boolean;
  /** Interpolates between centres instead of drawing cells. */
  readonly smooth?: boolean;
  /** Title of the colour bar; without it there is no bar. */
  readonly label?: string;
  /** Colour of cells whose value is NaN. Without it a NaN is an error. */
  readonly missing?: string;
}

/** Lines of constant value over a table laid out as in a heat map. */
export interface ContourMark {
  readonly kind: "contour";
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly levels: readonly number[];
  readonly color?: string;
  readonly dash?: string;
  readonly width?: number;
  /** Name of a level, drawn on its longest line; default none. */
  readonly text?: (level: number) => string;
}

export interface TextMark {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly color?: string;
  readonly size?: number;
}

export type Mark =
  LineMark | PointsMark | BandMark | SlopeMark | RegionMark | RuleMark | HeatMark | ContourMark | TextMark;

/** The table of a heat map or a contour. */
export type Table = Pick<HeatMark, "x" | "y" | "values">;

/** Edges of cells around increasing centres: midpoints, and the outer ones by reflection (in log space if `log`). */
export function cellEdges(centres: ArrayLike<number>, log: boolean): Float64Array {
  const n = centres.length;
  const c = Float64Array.from(centres, (v) => (log ? Math.log(v) : v));
  const edges = new Float64Array(n + 1);
  for (let i = 1; i < n; i++) edges[i] = (c[i - 1] + c[i]) / 2;
  const half = n > 1 ? [(c[1] - c[0]) / 2, (c[n - 1] - c[n - 2]) / 2] : [0.5, 0.5];
  edges[0] = c[0] - half[0];
  edges[n] = c[n - 1] + half[1];
  return log ? edges.map(Math.exp) : edges;
}
