import { chart } from "./chart.js";
import type { ChartSpec } from "./layout.js";
import type { LegendPlace } from "./legend.js";
import type { Mark } from "./marks.js";
import { logIntercept, placeReference } from "./reference-slope.js";
import type { AxisSpec } from "./scale.js";
import type { Svg } from "./svg.js";

/** Errors of one method on several levels. */
export interface ErrorSeries {
  readonly label: string;
  /** Step sizes, numbers of tokens, or work: positive. */
  readonly x: ArrayLike<number>;
  /** Positive. */
  readonly error: ArrayLike<number>;
  /** Bounds of a confidence interval for each error. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** A fitted slope of log error against log x, its interval, and the levels it was fitted on (default all). */
  readonly fit?: {
    readonly slope: number;
    readonly interval?: readonly [number, number];
    readonly levels?: readonly [first: number, last: number];
  };
}

export interface ConvergencePlotSpec {
  readonly series: readonly ErrorSeries[];
  readonly title?: string;
  readonly subtitle?: string;
  /** Default "step size h" and "error". */
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Labelled powers on the x axis; default 2. */
  readonly base?: 2 | 10;
  /** Reference slopes; default ½ and 1. Give negative ones when x is a number of tokens or an amount of work. */
  readonly references?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly legend?: LegendPlace;
}

/**
 * Error against step size on logarithmic axes: markers with intervals, the fitted line and its slope in the legend,
 * dashed reference slopes. Throws a RangeError on errors that are not positive.
 */
export function convergencePlot(spec: ConvergencePlotSpec): Svg {
  return chart(errorChart(spec, { label: spec.xLabel ?? "step size h", scale: "log", base: spec.base ?? 2 }));
}

/** The same for error against work, with decades of work and no reference slopes unless asked for. */
export function workPrecisionPlot(spec: ConvergencePlotSpec): Svg {
  const label = spec.xLabel ?? "random numbers drawn";
  return chart(errorChart({ references: [], ...spec }, { label, scale: "log", base: spec.base ?? 10 }));
}

function errorChart(spec: ConvergencePlotSpec, x: AxisSpec): ChartSpec {
  const { series, references = [0.5, 1] } = spec;
  if (series.length === 0) throw new RangeError("series: want at least one");
  const curves = series.map(({ x: levels, error }) => ({ x: levels, y: error }));
  const range = curves.flatMap(({ y }) => Array.from(y));
  // An eleventh of the decades in view is about the height of the text beside the line, and a little more.
  const clearance = Math.max(1.3, (Math.max(...range) / Math.min(...range)) ** (1 / 11));
  const marks: Mark[] = references.map((slope) => placeReference(slope, curves, clearance));
  series.forEach((one, index) => marks.push(...seriesMarks(one, index)));
  const { title, subtitle, width = 640, height = 420, legend } = spec;
  return {
    title,
    subtitle,
    width,
    height,
    legend,
    x,
    y: { label: spec.yLabel ?? "error", scale: "log" },
    marks,
  };
}

function seriesMarks({ label, x, error, low, high, fit }: ErrorSeries, series: number): Mark[] {
  const points: Mark = { kind: "points", series, x, y: error, low, high, label };
  if (!fit) return [{ kind: "line", series, x, y: error, label, width: 1.4 }, points];
  const [first, last] = fit.levels ?? [0, x.length - 1];
  const used = { x: Array.from(x).slice(first, last + 1), y: Array.from(error).slice(first, last + 1) };
  const intercept = logIntercept(used, fit.slope);
  const ends = [Math.min(...used.x), Math.max(...used.x)];
  const y = ends.map((v) => Math.exp(intercept + fit.slope * Math.log(v)));
  return [{ kind: "line", series, x: ends, y, label, note: slopeNote(fit), width: 1.5 }, points];
}

/** "slope 0.50 [0.47, 0.53]" */
export function slopeNote(fit: {
  readonly slope: number;
  readonly interval?: readonly [number, number];
}): string {
  const two = (v: number) => v.toFixed(2).replace("-", "−");
  const interval = fit.interval ? ` [${fit.interval.map(two).join(", ")}]` : "";
  return `slope ${two(fit.slope)}${interval}`;
}
