import { expectedDeviation, logOdds, logOddsSpread } from "../../exact/overlap/log-odds.js";
import { exp } from "../../numerics/exp.js";
import { square } from "../../numerics/square.js";
import { chart } from "../../plots/chart.js";
import type { LineMark, Mark } from "../../plots/marks.js";
import { seriesStyle } from "../../plots/palette.js";
import { panels } from "../../plots/panels.js";
import type { Svg } from "../../plots/svg.js";
import { deviations, SIGMA_A, type PanelData } from "./figure-3-panel.js";

/** 90% of a normal variable. */
const Z = 1.645;
const INK = "#111111";
const WIDTH = 520;

const timeAxis = ({ horizon }: PanelData) => ({ label: "time s = η²ℓ/H", domain: [0, horizon] }) as const;

/** Few and many tokens have a colour each. */
const colorOf = ({ tokens }: PanelData): string => seriesStyle(tokens < 1000 ? 0 : 1).color;

/** Half the width, in log-odds, of the band that holds 90% of the seeds. */
const reach = ({ times, dimension }: PanelData): Float64Array =>
  times.map((t) => Z * logOddsSpread(dimension, t));

/** One faint line a seed; the label, if any, on the first. */
const seedLines = (data: PanelData, series: readonly Float64Array[], label?: string): Mark[] =>
  series.map((y, i) => ({
    kind: "line",
    x: data.times,
    y,
    color: colorOf(data),
    dash: "",
    width: 1,
    opacity: 0.55,
    ...(i === 0 && label && { label }),
  }));

/** Their mean, drawn over them. */
const meanLine = (data: PanelData, series: readonly Float64Array[]): LineMark => ({
  kind: "line",
  x: data.times,
  y: data.times.map((_, l) => series.reduce((s, y) => s + y[l] / series.length, 0)),
  color: colorOf(data),
  dash: "",
  width: 2.6,
});

function overlapChart(data: PanelData): Svg {
  const { tokens, beta, dimension: d, times, overlaps, logistic, seeds } = data;
  const spread = reach(data);
  const shifted = (sign: number): Float64Array =>
    logistic.map((u, l) => 1 / (1 + exp(-(logOdds(u) + sign * spread[l]))));
  return chart({
    width: WIDTH,
    height: 330,
    title: `n = ${tokens}, β = ${beta}`,
    subtitle: `d = ${d}; effective inverse temperature βdσ² = ${Number((beta * d * square(SIGMA_A)).toPrecision(3))}`,
    x: timeAxis(data),
    y: { label: "mean overlap u", domain: [0, 1] },
    legend: "top",
    marks: [
      {
        kind: "band",
        x: times,
        low: shifted(-1),
        high: shifted(1),
        color: "#888888",
        label: "90% of seeds, predicted",
      },
      ...seedLines(data, overlaps, `${seeds} seeds`),
      { ...meanLine(data, overlaps), label: "their mean" },
      { kind: "line", x: times, y: logistic, color: INK, dash: "6 4", width: 1.8, label: "u' = u(1−u)" },
    ],
  });
}

function deviationChart(data: PanelData): Svg {
  const off = deviations(data);
  const spread = reach(data);
  return chart({
    width: WIDTH,
    height: 250,
    x: timeAxis(data),
    y: { label: "log-odds − logistic" },
    legend: "top",
    marks: [
      { kind: "band", x: data.times, low: spread.map((v) => -v), high: spread, color: "#888888" },
      ...seedLines(data, off),
      meanLine(data, off),
      { kind: "rule", y: 0, color: INK, dash: "6 4" },
      {
        kind: "line",
        x: data.times,
        y: expectedDeviation(data),
        color: INK,
        dash: "2 3",
        width: 1.6,
        label: "predicted mean: 1/d and layers",
      },
    ],
  });
}

/** Overlaps above, their deviations from the logistic curve below. */
export const drawFigure3 = (data: readonly PanelData[]): Svg =>
  panels([data.map(overlapChart), data.map(deviationChart)], {
    title: "Mean overlap at small β and the logistic curve",
  });
