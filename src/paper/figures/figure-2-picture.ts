import { chart } from "../../plots/chart.js";
import type { Mark } from "../../plots/marks.js";
import { panels } from "../../plots/panels.js";
import type { Svg } from "../../plots/svg.js";
import { lawAndPoints, measuredPoints } from "./law-and-points.js";

/** What figure 2 computes, before it is drawn. */
export interface Figure2Data {
  readonly dimension: number;
  readonly tokens: number;
  readonly times: Float64Array;
  readonly betas: readonly number[];
  /** gamma[beta, time], row by row, under random heads; with its Monte Carlo standard error. */
  readonly random: Float64Array;
  readonly randomError: Float64Array;
  /** The same under deterministic self-attention, V = A = I. */
  readonly self: Float64Array;
  readonly selfBetas: readonly number[];
  readonly measured: readonly MeasuredOverlap[];
  readonly collapse: readonly CollapseLine[];
}

/** Mean pairwise overlap of transformers over time, with standard errors over the paths. */
export interface MeasuredOverlap {
  readonly beta: number;
  readonly times: Float64Array;
  readonly mean: Float64Array;
  readonly standardError: Float64Array;
  /** The simplex curve at twice as many times. */
  readonly curveTimes: Float64Array;
  readonly curve: Float64Array;
}

export interface CollapseLine {
  readonly label: string;
  /** Whether the times are estimates from random matrices, and have intervals to show. */
  readonly sampled: boolean;
  readonly betas: readonly number[];
  readonly times: readonly number[];
  readonly standardErrors: readonly number[];
}

/** Levels of the contours. */
const LEVELS = [0.1, 0.25, 0.5, 0.75, 0.9];

const WIDTH = 540;
const HEIGHT = 400;

/** First time at which the mean overlap passes the level, linear between records; null when it does not. */
export function crossing({ times, mean }: MeasuredOverlap, level: number): number | null {
  for (let s = 1; s < mean.length; s++) {
    if (mean[s] < level) continue;
    return times[s - 1] + ((level - mean[s - 1]) / (mean[s] - mean[s - 1])) * (times[s] - times[s - 1]);
  }
  return null;
}

function plane(
  table: { times: Float64Array; betas: readonly number[]; values: Float64Array },
  { title, xLabel, named }: { title: string; xLabel: string; named: readonly number[] },
  extra: readonly Mark[],
): Svg {
  const { times: x, betas: y, values } = table;
  const text = (level: number): string => (named.includes(level) ? String(level) : "");
  return chart({
    title,
    width: WIDTH,
    height: HEIGHT,
    x: { label: xLabel, domain: [0, x[x.length - 1]] },
    y: { label: "inverse temperature β", domain: [0, y[y.length - 1]] },
    legend: "none",
    marks: [
      { kind: "heat", x, y, values, domain: [0, 1], smooth: true, label: "overlap γ" },
      { kind: "contour", x, y, values, levels: LEVELS, color: "#ffffff", width: 1.3, text },
      ...extra,
    ],
  });
}

function crossings(data: Figure2Data): Mark[] {
  return data.measured.flatMap((run) => {
    const found = LEVELS.flatMap((level) => crossing(run, level) ?? []);
    const y = found.map(() => run.beta);
    return [
      { kind: "points", x: found, y, marker: "circle", size: 9, color: "#ffffff" },
      { kind: "points", x: found, y, marker: "circle", size: 5.5, color: "#000000" },
    ] as const;
  });
}

function curves(data: Figure2Data): Svg {
  const marks = data.measured.flatMap((run, series) =>
    lawAndPoints(
      {
        label: `β = ${run.beta}`,
        law: { x: run.curveTimes, y: run.curve },
        points: { x: run.times, y: run.mean, standardErrors: run.standardError },
      },
      series,
      { dash: "", width: 1.8 },
    ),
  );
  return chart({
    title: "Curves and transformers",
    width: WIDTH,
    height: HEIGHT,
    x: { label: "time t = η²ℓ/H", domain: [0, data.times[data.times.length - 1]] },
    y: { label: "overlap γ", domain: [-0.05, 1.1], ticks: [0, 0.25, 0.5, 0.75, 1] },
    legend: "top",
    marks,
  });
}

function collapse(data: Figure2Data): Svg {
  const marks = data.collapse.flatMap(({ label, sampled, betas, times, standardErrors }, series): Mark[] => {
    const seen = times.flatMap((time, k) => (time < 200 ? [k] : []));
    const of = (values: readonly number[]): number[] => seen.map((k) => values[k]);
    const points = { x: of(betas), y: of(times), standardErrors: of(standardErrors) };
    const line: Mark = { kind: "line", series, x: points.x, y: points.y, label };
    return sampled ? [line, measuredPoints(points, { series, label, size: 5 })] : [line];
  });
  return chart({
    title: "Time until γ = 0.9",
    width: WIDTH,
    height: HEIGHT,
    x: { label: "inverse temperature β", domain: [0, 16.4] },
    y: { label: "time", scale: "log", domain: [1.8, 200] },
    legend: "top",
    marks,
  });
}

/** Two planes above, curves and collapse times below. */
export function drawFigure2(data: Figure2Data): Svg {
  const { dimension, tokens, times, betas, random, self } = data;
  return panels(
    [
      [
        plane(
          { times, betas, values: random },
          { title: `Random heads, d = ${dimension}, n = ${tokens}`, xLabel: "time t = η²ℓ/H", named: LEVELS },
          crossings(data),
        ),
        plane(
          { times, betas: data.selfBetas, values: self },
          { title: `Self-attention, V = A = I, n = ${tokens}`, xLabel: "time t = ηℓ", named: [0.1, 0.9] },
          [],
        ),
      ],
      [curves(data), collapse(data)],
    ],
    { gap: 14 },
  );
}
