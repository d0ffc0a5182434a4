import { chart } from "../../plots/chart.js";
import type { Mark } from "../../plots/marks.js";
import { panels } from "../../plots/panels.js";
import type { Svg } from "../../plots/svg.js";

/** What figure 4 computes, before it is drawn. */
export interface Figure4Data {
  /** d of the particles. */
  readonly dimension: number;
  /** Realizations of the diffusion, c = 0. */
  readonly diffusion: Realizations;
  /** Two tokens of the transformer at zero temperature: keys rotations, and two Gaussian factors. */
  readonly rotations: Realizations;
  readonly twoFactors: Realizations;
  readonly fixation: readonly FixationSeries[];
  readonly drifts: readonly DriftSeries[];
  readonly curvatures: readonly CurvatureSeries[];
}

export interface Realizations {
  /** In units of t d. */
  readonly times: readonly number[];
  readonly paths: readonly (readonly number[])[];
}

/** P(u -> 1) against u_0: the law, and shares of particle paths with binomial standard errors. */
export interface FixationSeries {
  readonly label: string;
  readonly law: Curve;
  readonly starts: readonly number[];
  readonly shares: readonly number[];
  readonly standardErrors: readonly number[];
}

/** Drift of the overlap a unit of t d against u: the law, and single layers of particles. */
export interface DriftSeries {
  readonly label: string;
  readonly law: Curve;
  readonly u: readonly number[];
  readonly drift: readonly number[];
  readonly standardErrors: readonly number[];
}

/** c against d: exactly, and from single layers. */
export interface CurvatureSeries {
  readonly label: string;
  readonly exact: Curve;
  readonly dimensions: readonly number[];
  readonly c: readonly number[];
  readonly standardErrors: readonly number[];
}

export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const SIZE = { width: 430, height: 350 };

function realizations(title: string, subtitle: string, { times, paths }: Realizations): Svg {
  return chart({
    ...SIZE,
    title,
    subtitle,
    x: { label: "time t/d", domain: [0, times[times.length - 1]] },
    y: { label: "overlap u", domain: [-1.05, 1.05], ticks: [-1, -0.5, 0, 0.5, 1] },
    legend: "none",
    marks: [
      ...paths.map((y, series): Mark => ({
        kind: "line",
        series,
        x: times,
        y,
        dash: "",
        width: 1.1,
        opacity: 0.85,
      })),
      { kind: "rule", y: 1, color: "#888888", dash: "3 3" },
      { kind: "rule", y: -1, color: "#888888", dash: "3 3" },
    ],
  });
}

const bars = (values: readonly number[], errors: readonly number[]) => ({
  low: values.map((v, k) => v - 2 * errors[k]),
  high: values.map((v, k) => v + 2 * errors[k]),
});

function fixation(series: readonly FixationSeries[]): Svg {
  return chart({
    ...SIZE,
    title: "Where the overlap settles",
    x: { label: "starting overlap u₀", domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1] },
    y: { label: "P(u → 1)", domain: [0, 1] },
    legend: "top",
    marks: series.flatMap(({ label, law, starts, shares, standardErrors }, k): Mark[] => [
      { kind: "line", series: k, ...law, label },
      { kind: "points", series: k, x: starts, y: shares, ...bars(shares, standardErrors), label, size: 6 },
    ]),
  });
}

function drifts(series: readonly DriftSeries[], d: number): Svg {
  return chart({
    ...SIZE,
    title: `Drift of u, single layers at d = ${d}`,
    x: { label: "overlap u", domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1] },
    y: { label: "drift in time t/d" },
    legend: "top",
    marks: series.flatMap(({ label, law, u, drift, standardErrors }, k): Mark[] => [
      { kind: "line", series: k, ...law, label },
      { kind: "points", series: k, x: u, y: drift, ...bars(drift, standardErrors), label, size: 6 },
    ]),
  });
}

function curvatures(series: readonly CurvatureSeries[]): Svg {
  return chart({
    ...SIZE,
    title: "c in −(1+c)u(1−u²)",
    x: { label: "dimension d", scale: "log", base: 2, domain: [3.5, 300] },
    y: { label: "c", domain: [-0.2, 1.2], ticks: [0, 0.5, 1] },
    legend: "top",
    marks: series.flatMap(({ label, exact, dimensions, c, standardErrors }, k): Mark[] => [
      { kind: "line", series: k, ...exact, label },
      { kind: "points", series: k, x: dimensions, y: c, ...bars(c, standardErrors), label, size: 6 },
    ]),
  });
}

/** Realizations above, laws below. */
export function drawFigure4(data: Figure4Data): Svg {
  const d = data.dimension;
  return panels(
    [
      [
        realizations("Diffusion, c = 0", "du = −u(1−u²)dt + √2(1−u²)dB", data.diffusion),
        realizations(
          "Particles, keys rotations (c = 0)",
          `two tokens, d = ${d}, zero temperature`,
          data.rotations,
        ),
        realizations(
          "Particles, A = WW′ᵀ (c → 1)",
          `two tokens, d = ${d}, zero temperature`,
          data.twoFactors,
        ),
      ],
      [fixation(data.fixation), drifts(data.drifts, d), curvatures(data.curvatures)],
    ],
    { gap: 12 },
  );
}
