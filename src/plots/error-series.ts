import type { Mark } from "./marks.js";
import { logIntercept } from "./reference-slope.js";

/** Errors of one method on several levels. */
export interface ErrorSeries {
  readonly label: string;
  /** Step sizes, numbers of tokens, or work: positive. */
  readonly x: ArrayLike<number>;
  /** Positive. */
  readonly error: ArrayLike<number>;
  /** Bounds of a confidence interval for each error; a level with an infinite one gets no bar. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** A fitted slope of log error against log x, its interval, and the levels it was fitted on (default all). */
  readonly fit?: {
    readonly slope: number;
    readonly interval?: readonly [number, number];
    readonly levels?: readonly [first: number, last: number];
  };
}

/** Markers with their bars, and the fitted line, or one from marker to marker; `remark` follows the slope in the legend. */
export function seriesMarks(one: ErrorSeries, series: number, remark = ""): Mark[] {
  const { label, x, error, fit } = one;
  const points = pointsMarks(one, series);
  const note = [...(fit ? [slopeNote(fit)] : []), ...(remark ? [remark] : [])].join("; ") || undefined;
  if (!fit) return [{ kind: "line", series, x, y: error, label, note, width: 1.4 }, ...points];
  const [first, last] = fit.levels ?? [0, x.length - 1];
  const used = { x: Array.from(x).slice(first, last + 1), y: Array.from(error).slice(first, last + 1) };
  const intercept = logIntercept(used, fit.slope);
  const ends = [Math.min(...used.x), Math.max(...used.x)];
  const y = ends.map((v) => Math.exp(intercept + fit.slope * Math.log(v)));
  return [{ kind: "line", series, x: ends, y, label, note, width: 1.5 }, ...points];
}

/** The markers alone: those with a bar, and those whose interval has no end. */
export function pointsMarks(one: ErrorSeries, series: number, opacity?: number): Mark[] {
  const { label, x, error, low, high } = one;
  if (!low || !high) return [{ kind: "points", series, x, y: error, label, opacity }];
  const bounded = (i: number): boolean => Math.abs(low[i]) !== Infinity && Math.abs(high[i]) !== Infinity;
  const levels = Array.from(x, (_, i) => i);
  const pick = (values: ArrayLike<number>, keep: readonly number[]) => keep.map((i) => values[i]);
  const [barred, bare] = [levels.filter(bounded), levels.filter((i) => !bounded(i))];
  const marks: Mark[] = [];
  const common = { kind: "points", series, label, opacity } as const;
  if (bare.length > 0) marks.push({ ...common, x: pick(x, bare), y: pick(error, bare) });
  if (barred.length > 0) {
    const bars = { low: pick(low, barred), high: pick(high, barred) };
    marks.push({ ...common, x: pick(x, barred), y: pick(error, barred), ...bars });
  }
  return marks;
}

/** "slope 0.50 [0.47, 0.53]" */
export function slopeNote(fit: {
  readonly slope: number;
  readonly interval?: readonly [number, number];
}): string {
  const two = (v: number) => v.toFixed(2).replace("-", "−").replace("Infinity", "∞");
  const interval = fit.interval ? ` [${fit.interval.map(two).join(", ")}]` : "";
  return `slope ${two(fit.slope)}${interval}`;
}
