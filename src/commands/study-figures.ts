import type { StudyCurve, StudyLevel, StudyReport } from "../experiments/study/report.js";
import { convergencePlot, workPrecisionPlot, type ErrorSeries } from "../plots/convergence-plot.js";
import { panels } from "../plots/panels.js";
import type { Svg } from "../plots/svg.js";

/** Error against step size or number of tokens, with the fitted line and reference slopes. */
export function convergenceFigure(report: StudyReport): Svg {
  const chaos = report.study === "propagation-of-chaos";
  const x = ({ levels }: StudyCurve): number[] =>
    levels.map(({ steps, tokens }) => (chaos ? tokens! : report.horizon / steps!));
  return convergencePlot({
    title: titleOf(report),
    subtitle: `against ${report.reference}; ${report.paths} paths`,
    xLabel: chaos ? "number of tokens n" : report.study === "transformer" ? "η²/H = T/L" : "step size h",
    yLabel: yLabelOf(report),
    references: chaos ? [-0.5, -1, -2] : report.study === "strong" ? [0.5, 1] : [1],
    series: curvesOf(report).flatMap(([label, curve]) => seriesOf(label, curve, x(curve))),
    legend: "top",
  });
}

/**
 * The same errors against random numbers drawn and, where they were taken, seconds a path. What cost nothing, or too
 * little for the clock, has no place on either axis.
 */
export function workFigure(report: StudyReport, seconds: readonly number[]): Svg {
  const panel = (cost: readonly number[], name: string): Svg => {
    const seen = (_: unknown, i: number): boolean => cost[i] > 0;
    return workPrecisionPlot({
      series: curvesOf(report).map(([label, { levels, fit }]) => ({
        ...plain(label, { levels: levels.filter(seen), fit }),
        x: cost.filter(seen),
      })),
      yLabel: yLabelOf(report),
      xLabel: cost.some(seen) ? name : `${name}: none`,
      width: 520,
      legend: "top",
    });
  };
  const work = report.levels.map((level) => level.work);
  return panels([[panel(work, "random numbers a path"), panel(seconds, "seconds a path")]], {
    title: titleOf(report),
  });
}

const TITLES: Readonly<Record<StudyReport["study"], string>> = {
  strong: "Strong order",
  weak: "Weak order",
  "propagation-of-chaos": "Propagation of chaos",
  transformer: "Transformers against their equation",
};

const titleOf = ({ study, scheme }: StudyReport): string => `${TITLES[study]}: ${scheme}`;

const yLabelOf = ({ quantity, observables }: StudyReport): string =>
  observables ? "bias of the mean" : quantity;

const curvesOf = (report: StudyReport): [string, StudyCurve][] =>
  report.observables ? Object.entries(report.observables) : [[report.scheme, report]];

const plain = (label: string, { levels }: StudyCurve): Omit<ErrorSeries, "x"> => ({
  label,
  error: levels.map(({ error }) => error),
  low: levels.map(({ interval }) => interval?.[0] ?? -Infinity),
  high: levels.map(({ interval }) => interval?.[1] ?? Infinity),
});

/** The fitted levels with their line, and those without error; levels that noise covers stand apart and say so. */
function seriesOf(label: string, curve: StudyCurve, x: readonly number[]): ErrorSeries[] {
  const part = (name: string, keep: (i: number) => boolean): ErrorSeries | null => {
    const levels = curve.levels.filter((_, i) => keep(i));
    if (levels.length === 0) return null;
    return { ...plain(name, { ...curve, levels }), x: x.filter((_, i) => keep(i)) };
  };
  const isCovered = ({ resolved, error }: StudyLevel): boolean => resolved === false && error > 0;
  const used = part(label, (i) => !isCovered(curve.levels[i]));
  const covered = part(`${label}, within the noise`, (i) => isCovered(curve.levels[i]));
  const fit = curve.fit && {
    slope: curve.fit.slope,
    ...(curve.fit.interval && { interval: curve.fit.interval }),
  };
  const nothing = used || covered ? [] : [{ label, x: [], error: [] }];
  return [...nothing, ...(used ? [{ ...used, ...(fit && { fit }) }] : []), ...(covered ? [covered] : [])];
}
