import { fixationLaw, lowTemperaturePath } from "../../exact/overlap/low-temperature.js";
import { driftCurvature } from "../../exact/overlap/low-temperature-rates.js";
import { timesOf } from "../../exact/overlap/overlap-curves.js";
import { pairAt, pairOverlap } from "../../exact/overlap/token-pair.js";
import { stream } from "../../noise/stream.js";
import { transformer } from "../../../solvers/transformer.js";
import { power } from "../../numerics/power.js";
import { withinErrors, type Claim } from "../../studies/claim.js";
import { alongLayers } from "../claims/along-layers.js";
import { directionBarycentres, keyHeads } from "../claims/direction-heads.js";
import { settledShare, settleTokens, STARTS } from "../claims/fixation.js";
import { layerCurvature, trajectoryCurvature } from "../claims/low-temperature.js";
import { KEYS, pairRates, type Factors } from "../claims/low-temperature-pair.js";
import { drawFigure4, type Figure4Data, type Realizations } from "./figure-4-picture.js";
import { counter, type FigureHooks, type FigureMaker, type FigureResult, type Row } from "./figure.js";
import type { Curve, LawAndPoints } from "./law-and-points.js";

const DIMENSION = 32;
const HORIZON = 6;
const START = 0.2;
const SHOWN = 10;
/** Points of a realization that are drawn. */
const RECORDS = 384;
const FACTORS = [0, 1, 2] as const;

/** How finely the figure is computed. */
export interface Figure4Plan {
  /** 1/eta^2 of the particles' layers; a multiple of two. */
  readonly layersPerTime: number;
  /** Pairs that settle, for every start. */
  readonly settled: number;
  /** Antithetic single layers for every drift. */
  readonly drift: number;
  /** Paths for the estimate of c from trajectories. */
  readonly trajectories: number;
}

const SIZES: Readonly<Record<"quick" | "full", Figure4Plan>> = {
  quick: { layersPerTime: 16, settled: 250, drift: 20000, trajectories: 40 },
  full: { layersPerTime: 32, settled: 3000, drift: 200000, trajectories: 1000 },
};

/** The overlap of two tokens at low temperature: diffusion and particles, fixation, drift, and what c is. */
export const figure4: FigureMaker = (size, seed, hooks) => makeFigure4(SIZES[size], seed, hooks);

export function makeFigure4(plan: Figure4Plan, seed: string, hooks: FigureHooks = {}): FigureResult {
  const points = 2 * STARTS.length + FACTORS.length * (OVERLAPS.length + DIMENSIONS.length + 1);
  const job: Job = { seed, tick: counter(3 * SHOWN + points, "parts", hooks), keep: hooks.keep };
  const diffusion = diffusionPaths(job);
  const rotations = particlePaths(0, plan.layersPerTime, job);
  const twoFactors = particlePaths(2, plan.layersPerTime, job);
  const fixation = ([0, 1] as const).map((factors) => fixationSeries(factors, plan.settled, job));
  const drifts = FACTORS.map((factors) => driftSeries(factors, plan.drift, job));
  const curvatures = FACTORS.map((factors) => ({
    series: curvatureSeries(factors, plan.drift, job),
    claims: [trajectoryClaim(factors, plan, job)],
  }));
  const data: Figure4Data = {
    dimension: DIMENSION,
    diffusion,
    rotations,
    twoFactors,
    fixation: fixation.map(({ series }) => series),
    drifts,
    curvatures: curvatures.map(({ series }) => series),
  };
  return {
    name: "figure-4",
    svg: drawFigure4(data),
    caption: caption(plan),
    claims: [...fixation, ...curvatures].flatMap(({ claims }) => claims),
    parameters: {
      dimension: DIMENSION,
      horizon: HORIZON,
      start: START,
      realizations: SHOWN,
      headsPerLayer: 1,
      ...plan,
      seed,
    },
  };
}

/** What every part of the figure is given. */
interface Job extends Pick<FigureHooks, "keep"> {
  readonly seed: string;
  readonly tick: () => void;
}

/** Rows of a table about one law of the keys: x and y by name, each y with its standard error unless it is a law. */
function keepPoints(
  { keep }: Job,
  [table, x, y]: readonly [table: string, x: string, y: string],
  kind: "law" | "measured",
  keys: string,
  points: Curve & { readonly standardErrors?: ArrayLike<number> },
): void {
  keep?.(
    table,
    Array.from(points.x, (at, k) => ({
      kind,
      keys,
      [x]: at,
      [y]: points.y[k],
      standardError: points.standardErrors ? points.standardErrors[k] : null,
    })),
  );
}

const FIXATION = ["fixation", "start", "probability"] as const;
const DRIFT = ["drift", "overlap", "drift"] as const;
const CURVATURE = ["curvature", "dimension", "c"] as const;

/** One measured point of a table, handed over as soon as it is there. */
const keepPoint = (
  job: Job,
  names: Parameters<typeof keepPoints>[1],
  keys: string,
  [x, y, standardError]: readonly [x: number, y: number, standardError: number],
): void => {
  job.tick();
  keepPoints(job, names, "measured", keys, { x: [x], y: [y], standardErrors: [standardError] });
};

/** Where `paths` pairs a start settle, and the law of these keys with a claim for every start. */
function fixationSeries(factors: 0 | 1, paths: number, job: Job): { series: LawAndPoints; claims: Claim[] } {
  const law = fixationLaw(factors / 2);
  const dimension = factors === 0 ? 8 : 16;
  const settle = settleTokens(dimension, 0.25, `${job.seed}, settle ${factors}`, factors);
  const shares = STARTS.map((start, s) => {
    const found = settledShare(settle, start, paths, { first: s * paths, law });
    keepPoint(job, FIXATION, KEYS[factors], [start, found.share, found.standardError]);
    return found;
  });
  const line = curve(-1, 1, 201, law);
  keepPoints(job, FIXATION, "law", KEYS[factors], line);
  return {
    series: {
      label: `${KEYS[factors]}, c = ${factors === 0 ? "0" : "½"}`,
      law: line,
      points: {
        x: STARTS,
        y: shares.map(({ share }) => share),
        standardErrors: shares.map(({ standardError }) => standardError),
      },
    },
    claims: shares.map(({ share, expected, standardError }, s) =>
      withinErrors(
        `figure 4, P(u -> 1), ${KEYS[factors]}, d = ${dimension}, u_0 = ${STARTS[s]}: ${share.toFixed(4)} of ${paths} particle pairs, law c = ${factors / 2}: ${expected.toFixed(4)}`,
        share - expected,
        standardError,
      ),
    ),
  };
}

/** Where the drift is measured. */
const OVERLAPS = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];

function driftSeries(factors: Factors, samples: number, job: Job): LawAndPoints {
  const c = factors / 2;
  const rates = OVERLAPS.map((R, k) => {
    const seed = `${job.seed}, drift ${factors}, ${k}`;
    const found = pairRates({ dimension: DIMENSION, factors, seed }, R, { samples });
    keepPoint(job, DRIFT, KEYS[factors], [R, found.drift, found.driftError]);
    return found;
  });
  const law = curve(-1, 1, 201, (R) => -(1 + c) * R * (1 - R * R));
  keepPoints(job, DRIFT, "law", KEYS[factors], law);
  return {
    label: `${KEYS[factors]}, c = ${["0", "½", "1"][factors]}`,
    law,
    points: {
      x: OVERLAPS,
      y: rates.map(({ drift }) => drift),
      standardErrors: rates.map(({ driftError }) => driftError),
    },
  };
}

/** Where c is measured in single layers. */
const DIMENSIONS = [4, 8, 16, 32, 64, 128];

function curvatureSeries(factors: Factors, samples: number, job: Job): LawAndPoints {
  const measured = DIMENSIONS.map((d) => {
    const found = layerCurvature(d, factors, 0.5, samples, `${job.seed}, c ${factors}, ${d}`);
    keepPoint(job, CURVATURE, KEYS[factors], [d, found.mean, found.standardError]);
    return found;
  });
  const grid = Array.from({ length: 25 }, (_, k) => Math.round(4 * power(2, k / 4)));
  const law = { x: grid, y: grid.map((d) => driftCurvature(d, factors, 0.5)) };
  keepPoints(job, CURVATURE, "law", KEYS[factors], law);
  return {
    label: KEYS[factors],
    law,
    points: {
      x: DIMENSIONS,
      y: measured.map(({ mean }) => mean),
      standardErrors: measured.map(({ standardError }) => standardError),
    },
  };
}

function trajectoryClaim(factors: Factors, plan: Figure4Plan, job: Job): Claim {
  const { layersPerTime, trajectories } = plan;
  const { mean, standardError } = trajectoryCurvature(
    { dimension: DIMENSION, factors, seed: `${job.seed}, trajectories ${factors}` },
    { paths: trajectories, horizon: 2, eta: Math.sqrt(1 / layersPerTime), start: 0.5 },
  );
  const exact = driftCurvature(DIMENSION, factors, 0.5);
  job.tick();
  job.keep?.("trajectories", [{ keys: KEYS[factors], dimension: DIMENSION, c: mean, standardError, exact }]);
  return withinErrors(
    `figure 4, c from ${trajectories} trajectories, ${KEYS[factors]}, d = ${DIMENSION}: ${mean.toFixed(3)} ± ${standardError.toFixed(3)}, exactly ${exact.toFixed(3)} at u = 1/2`,
    mean - exact,
    standardError,
  );
}

const curve = (from: number, to: number, count: number, f: (x: number) => number): Curve => {
  const x = Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
  return { x, y: x.map(f) };
};

const TIMES = [...timesOf(HORIZON, RECORDS)];

/** One path of the overlap; `time` is t/d, t = eta^2 l/H. */
const realizationRows = (kind: string, path: number, overlaps: readonly number[]): Row[] =>
  TIMES.map((time, s) => ({ kind, path, time, overlap: overlaps[s] }));

function diffusionPaths({ seed, tick, keep }: Job): Realizations {
  const every = 8;
  const source = stream(seed, "diffusion");
  const dB = new Float64Array(RECORDS * every);
  const dt = HORIZON / dB.length;
  const paths = Array.from({ length: SHOWN }, (_, path) => {
    source.normals(path, 0, dB);
    for (let s = 0; s < dB.length; s++) dB[s] *= Math.sqrt(dt);
    const u = [...lowTemperaturePath(0, START, dt, dB).filter((_, s) => s % every === 0)];
    tick();
    keep?.("realizations", realizationRows("diffusion", path, u));
    return u;
  });
  return { times: TIMES, paths };
}

/** Two tokens of the transformer itself, weights V and A drawn in full, at zero temperature in a full background. */
function particlePaths(factors: Factors, layersPerTime: number, { seed, tick, keep }: Job): Realizations {
  const d = DIMENSION;
  const evolution = transformer({
    heads: keyHeads(d, factors, `${seed}, realizations ${factors}`),
    headsPerLayer: 1,
    eta: Math.sqrt(1 / layersPerTime),
    beta: 1,
    initial: pairAt(d, START),
    barycentres: directionBarycentres,
  });
  const every = (HORIZON * d * layersPerTime) / RECORDS;
  const records = { layers: RECORDS * every, every, observe: pairOverlap };
  const paths = Array.from({ length: SHOWN }, (_, path) => {
    const u = [...alongLayers(evolution, path, records)];
    tick();
    keep?.("realizations", realizationRows(KEYS[factors], path, u));
    return u;
  });
  return { times: TIMES, paths };
}

function caption({ layersPerTime, settled, drift }: Figure4Plan): string {
  return [
    "Overlap u of two tokens at low temperature, in time t/d with t = η²ℓ/H.",
    `(a) ${SHOWN} realizations of du = −(1+c)u(1−u²)dt + √2(1−u²)dB at c = 0, the printed law, from u₀ = ${START}.`,
    `(b, c) As many of the transformer's two tokens, d = ${DIMENSION}, H = 1, η² = 1/${layersPerTime}, V and A drawn in full, at zero temperature in a background that fills the sphere (n → ∞ first: m_A(x) = Ax/|Ax|). Two tokens alone behave otherwise. (b) A a random rotation, (c) A = WW′ᵀ, which does not settle.`,
    `(d) Probability of settling at u = 1 against the start: the laws for c = 0, ½ + arcsin(u₀)/π, and c = ½; shares of ${settled} particle pairs a point, d = 8 and d = 16.`,
    `(e) Drift of the overlap from ${drift} antithetic single layers a point, and −(1+c)u(1−u²) with c = 0, ½, 1.`,
    `(f) c in that drift at u = ½: exact at every d (lines), from ${drift} antithetic single layers (points). Intervals are two standard errors.`,
  ].join(" ");
}
