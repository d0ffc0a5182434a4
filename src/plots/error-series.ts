import type { Mark } from "./marks.js";
import { logIntercept } from "./reference-slope.js";

/** Errors of one method on several levels. */
export interface ErrorSeries {
  readonly label: string;
  /** Step sizes, numbers of tokens, or work: positive. */
  readonly x: ArrayLike<number>;
  /** Positive, or 0: then it stands below the axis. */
  readonly error: ArrayLike<number>;
  /** Bounds of a confidence interval for each error; a level with an infinite one gets no bar, one at 0 a bar to the edge. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** A fitted slope of log error against log x, its interval, and the levels it was fitted on (default all). */
  readonly fit?: {
    readonly slope: number;
    readonly interval?: readonly [number, number];
    readonly levels?: readonly [first: number, last: number];
  };
}

/**
 * Markers with their bars, and the fitted line, or one from marker to marker that leaves zeros out; `remark` follows the
 * slope in the legend.
 */
export function seriesMarks(one: ErrorSeries, series: number, remark = ""): Mark[] {
  const { label, fit } = one;
  const points = pointsMarks(one, series);
  const note = [...(fit ? [slopeNote(fit)] : []), ...(remark ? [remark] : [])].join("; ") || undefined;
  const curve = positive(one);
  if (!fit) return [{ kind: "line", series, ...curve, label, note, width: 1.4 }, ...points];
  const used = positive(one, fit.levels);
  if (used.x.length === 0) return points;
  const intercept = logIntercept(used, fit.slope);
  const ends = [Math.min(...used.x), Math.max(...used.x)];
  const y = ends.map((v) => Math.exp(intercept + fit.slope * Math.log(v)));
  return [{ kind: "line", series, x: ends, y, label, note, width: 1.5 }, ...points];
}

/** The levels from `first` to `last` (all unless given) that a logarithmic axis can show. */
export function positive(
  { x, error }: Pick<ErrorSeries, "x" | "error">,
  [first, last]: readonly [number, number] = [0, x.length - 1],
): { x: number[]; y: number[] } {
  const kept = Array.from(x, (_, i) => i).filter((i) => i >= first && i <= last && error[i] !== 0);
  return { x: kept.map((i) => x[i]), y: kept.map((i) => error[i]) };
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
