import { chart } from "../../plots/chart.js";
import type { ChartSpec } from "../../plots/layout.js";
import type { Mark } from "../../plots/marks.js";
import { panels } from "../../plots/panels.js";
import type { Svg } from "../../plots/svg.js";
import { lawAndPoints, type LawAndPoints } from "./law-and-points.js";

/** What figure 4 computes, before it is drawn. */
export interface Figure4Data {
  /** d of the particles. */
  readonly dimension: number;
  /** Realizations of the diffusion, c = 0. */
  readonly diffusion: Realizations;
  /** Two tokens of the transformer at zero temperature: keys rotations, and two Gaussian factors. */
  readonly rotations: Realizations;
  readonly twoFactors: Realizations;
  /** P(u -> 1) against u_0: the law, and shares of particle paths with binomial standard errors. */
  readonly fixation: readonly LawAndPoints[];
  /** Drift of the overlap a unit of t/d against u: the law, and single layers of particles. */
  readonly drifts: readonly LawAndPoints[];
  /** c against d: exactly, and from single layers. */
  readonly curvatures: readonly LawAndPoints[];
}

export interface Realizations {
  /** t/d, t = eta^2 l/H. */
  readonly times: readonly number[];
  readonly paths: readonly (readonly number[])[];
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

function laws(spec: Pick<ChartSpec, "title" | "x" | "y">, series: readonly LawAndPoints[]): Svg {
  return chart({ ...SIZE, ...spec, legend: "top", marks: series.flatMap((one, k) => lawAndPoints(one, k)) });
}

/** An axis of overlaps. */
const OVERLAPS = { domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1] } as const;

const fixation = (series: readonly LawAndPoints[]): Svg =>
  laws(
    {
      title: "Where the overlap settles",
      x: { label: "starting overlap u₀", ...OVERLAPS },
      y: { label: "P(u → 1)", domain: [0, 1] },
    },
    series,
  );

const drifts = (series: readonly LawAndPoints[], d: number): Svg =>
  laws(
    {
      title: `Drift of u, single layers at d = ${d}`,
      x: { label: "overlap u", ...OVERLAPS },
      y: { label: "drift in time t/d" },
    },
    series,
  );

const curvatures = (series: readonly LawAndPoints[]): Svg =>
  laws(
    {
      title: "c in −(1+c)u(1−u²)",
      x: { label: "dimension d", scale: "log", base: 2, domain: [3.5, 300] },
      y: { label: "c", domain: [-0.2, 1.2], ticks: [0, 0.5, 1] },
    },
    series,
  );

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
