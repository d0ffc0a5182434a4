import { chart } from "./chart.js";
import { pointsMarks, positive, seriesMarks, type ErrorSeries } from "./error-series.js";
import type { LegendPlace } from "./legend.js";
import type { Mark, SlopeMark } from "./marks.js";
import { placeReference } from "./reference-slope.js";
import type { AxisSpec } from "./scale.js";
import type { Svg } from "./svg.js";
import {
  axisOf,
  conditionsOf,
  labelOf,
  quantityOf,
  studySeries,
  type ErrorStudy,
  type LevelAxis,
} from "./study-series.js";

export { slopeNote, type ErrorSeries } from "./error-series.js";

export interface ConvergencePlotSpec {
  /** Results of studies as they are, or errors put together by hand. */
  readonly series: readonly (ErrorSeries | ErrorStudy)[];
  readonly title?: string;
  /** Default: reference and number of paths of the studies. */
  readonly subtitle?: string;
  /** Default "step size h", of studies "step size h / T" or "number of tokens n". */
  readonly xLabel?: string;
  /** Default what the studies measured, or "error". */
  readonly yLabel?: string;
  /** Labelled powers on the x axis; default 2. */
  readonly base?: 2 | 10;
  /**
   * Reference slopes; default ½ and 1, of studies against tokens −½ and −1. Give negative ones when x is a number of tokens
   * or an amount of work.
   */
  readonly references?: readonly number[];
  readonly width?: number;
  readonly height?: number;
  readonly legend?: LegendPlace;
}

/**
 * Error against step size (or tokens) on logarithmic axes: markers with intervals, the fitted line and its slope in the
 * legend, dashed reference slopes. Results of `studyStrong`, `studyWeak`, `studyAgreement` and `studyPropagationOfChaos`
 * go in as they are, one or several; their step size is a share of the horizon. A level without any error has an open
 * marker below the axis and is named in the legend; one that noise covers is drawn faintly; an infinite interval has no
 * bar. Throws a RangeError on errors put together by hand that are negative or no numbers, when there is no series, and
 * when some studies go with steps and others with tokens.
 */
export function convergencePlot(spec: ConvergencePlotSpec | ErrorStudy | readonly ErrorStudy[]): Svg {
  const plot = specOf(spec);
  const studies = plot.series.filter(isStudy);
  const axis = axisOf(studies);
  const xLabel =
    studies.length === 0 ? "step size h" : axis === "steps" ? "step size h / T" : "number of tokens n";
  const references = axis === "steps" ? [0.5, 1] : [-0.5, -1];
  return errorChart({ references, ...plot }, axis, { label: plot.xLabel ?? xLabel, base: plot.base ?? 2 });
}

/**
 * The same for error against work, with decades of work and no reference slopes unless asked for. A study goes in as it is
 * when it was told the work of its levels.
 */
export function workPrecisionPlot(spec: ConvergencePlotSpec | ErrorStudy | readonly ErrorStudy[]): Svg {
  const plot = specOf(spec);
  const label = plot.xLabel ?? "random numbers drawn";
  return errorChart({ references: [], ...plot }, "work", { label, base: plot.base ?? 10 });
}

const isStudy = (one: ErrorSeries | ErrorStudy): one is ErrorStudy => "levels" in one;

function specOf(spec: ConvergencePlotSpec | ErrorStudy | readonly ErrorStudy[]): ConvergencePlotSpec {
  if ("series" in spec) return spec;
  return { series: "levels" in spec ? [spec] : spec };
}

function errorChart(spec: ConvergencePlotSpec, axis: LevelAxis, x: AxisSpec): Svg {
  const { series, references = [] } = spec;
  if (series.length === 0) throw new RangeError("series: want at least one");
  const drawn: Mark[] = [];
  const shown: ErrorSeries[] = [];
  const remarks: string[] = [];
  withOwnLabels(series).forEach((one, index) => {
    if (!isStudy(one)) {
      shown.push(one);
      drawn.push(...seriesMarks(one, index));
      return;
    }
    const { counted, covered, zeros } = studySeries(one, axis);
    shown.push(counted, covered);
    if (counted.x.length > 0) drawn.push(...seriesMarks(counted, index, zeros));
    if (covered.x.length > 0) drawn.push(...pointsMarks(covered, index, 0.45));
    if (one.levels.length === 0) remarks.push(`${counted.label}: no level was finished`);
  });
  const curves = shown.map((one) => positive(one)).filter(({ x: at }) => at.length > 0);
  const zero = shown.some(({ error }) => Array.from(error).includes(0));
  const studies = series.filter(isStudy);
  const { title, width = 640, height = 420, legend } = spec;
  const subtitle = spec.subtitle ?? conditionsOf(studies);
  return chart({
    title,
    subtitle: [...(subtitle ? [subtitle] : []), ...remarks].join("; ") || undefined,
    width,
    height,
    legend,
    x: { ...x, scale: "log" },
    y: {
      label: spec.yLabel ?? (studies.length > 0 ? quantityOf(studies) : "error"),
      scale: "log",
      zero,
      // Without a number above zero there is nothing to count in powers.
      ...(curves.length === 0 && { ticks: [] }),
    },
    marks: [...referenceMarks(references, curves), ...drawn],
  });
}

/** Studies under their names; marks that share one would share their place in the legend, so the second is "name (2)". */
function withOwnLabels(series: ConvergencePlotSpec["series"]): readonly (ErrorSeries | ErrorStudy)[] {
  const seen = new Map<string, number>();
  return series.map((one) => {
    if (!isStudy(one)) return one;
    const label = labelOf(one);
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? one : { ...one, label: `${label} (${times})` };
  });
}

/** Reference slopes beside the curves; none where a single level leaves nothing to compare them with. */
function referenceMarks(
  references: readonly number[],
  curves: readonly { x: ArrayLike<number>; y: ArrayLike<number> }[],
): Mark[] {
  if (new Set(curves.flatMap(({ x }) => Array.from(x))).size < 2) return [];
  const range = curves.flatMap(({ y }) => Array.from(y));
  // An eleventh of the decades in view is about the height of the text beside the line, and a little more.
  const clearance = Math.max(1.3, (Math.max(...range) / Math.min(...range)) ** (1 / 11));
  return references.reduce<SlopeMark[]>(
    (placed, slope) => [...placed, placeReference(slope, curves, clearance, placed)],
    [],
  );
}
