import type { StudyCurve, StudyReport } from "../experiments/study/report.js";
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

/** The same errors against random numbers drawn and, where they were taken, seconds a path. */
export function workFigure(report: StudyReport, seconds: readonly number[]): Svg {
  const series = (x: readonly number[]): ErrorSeries[] =>
    curvesOf(report).map(([label, curve]) => ({ ...plain(label, curve), x }));
  const shape = { yLabel: yLabelOf(report), width: 520, legend: "top" } as const;
  return panels(
    [
      [
        workPrecisionPlot({
          ...shape,
          series: series(report.levels.map(({ work }) => work)),
          xLabel: "random numbers a path",
        }),
        workPrecisionPlot({ ...shape, series: series(seconds), xLabel: "seconds a path" }),
      ],
    ],
    { title: titleOf(report) },
  );
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
  low: levels.map(({ error, interval }) => interval?.[0] ?? error),
  high: levels.map(({ error, interval }) => interval?.[1] ?? error),
});

/** The fitted levels with their line; levels that noise covers stand apart and say so. */
function seriesOf(label: string, curve: StudyCurve, x: readonly number[]): ErrorSeries[] {
  const part = (name: string, keep: (i: number) => boolean): ErrorSeries | null => {
    const levels = curve.levels.filter((_, i) => keep(i));
    if (levels.length === 0) return null;
    return { ...plain(name, { ...curve, levels }), x: x.filter((_, i) => keep(i)) };
  };
  const used = part(label, (i) => curve.levels[i].resolved !== false && curve.levels[i].error > 0);
  const covered = part(`${label}, within the noise`, (i) => curve.levels[i].resolved === false);
  const fit = curve.fit && {
    slope: curve.fit.slope,
    ...(curve.fit.interval && { interval: curve.fit.interval }),
  };
  return [...(used ? [{ ...used, ...(fit && { fit }) }] : []), ...(covered ? [covered] : [])];
}
