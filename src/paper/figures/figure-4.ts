import { fixationLaw, lowTemperaturePath } from "../../exact/overlap/low-temperature.js";
import { driftCurvature } from "../../exact/overlap/low-temperature-rates.js";
import { timesOf } from "../../exact/overlap/overlap-curves.js";
import { pairAt, pairOverlap } from "../../exact/overlap/token-pair.js";
import { stream } from "../../noise/stream.js";
import { transformer } from "../../../solvers/transformer.js";
import { withinErrors, type Claim } from "../../studies/claim.js";
import { alongLayers } from "../claims/along-layers.js";
import { directionBarycentres, keyHeads } from "../claims/direction-heads.js";
import { settledShare, settleTokens, STARTS } from "../claims/fixation.js";
import { layerCurvature, trajectoryCurvature } from "../claims/low-temperature.js";
import { KEYS, pairRates, type Factors } from "../claims/low-temperature-pair.js";
import { drawFigure4, type Figure4Data, type Realizations } from "./figure-4-picture.js";
import { counter, type FigureMaker, type FigureResult, type OnProgress } from "./figure.js";
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
export const figure4: FigureMaker = (size, seed, onProgress) => makeFigure4(SIZES[size], seed, onProgress);

export function makeFigure4(plan: Figure4Plan, seed: string, onProgress?: OnProgress): FigureResult {
  const tick = counter(2 * SHOWN + 2 * STARTS.length + 3 + 6, onProgress);
  const rotations = particlePaths(0, plan.layersPerTime, seed, tick);
  const twoFactors = particlePaths(2, plan.layersPerTime, seed, tick);
  const fixation = ([0, 1] as const).map((factors) => fixationSeries(factors, plan.settled, seed, tick));
  const drifts = FACTORS.map((factors) => driftSeries(factors, plan.drift, seed, tick));
  const curvatures = FACTORS.map((factors) => ({
    series: curvatureSeries(factors, plan.drift, seed, tick),
    claims: [trajectoryClaim(factors, plan, seed, tick)],
  }));
  const data: Figure4Data = {
    dimension: DIMENSION,
    diffusion: diffusionPaths(seed),
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
    columns: columnsOf(data),
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

/** Where `paths` pairs a start settle, and the law of these keys with a claim for every start. */
function fixationSeries(
  factors: 0 | 1,
  paths: number,
  seed: string,
  tick: () => void,
): { series: LawAndPoints; claims: Claim[] } {
  const law = fixationLaw(factors / 2);
  const dimension = factors === 0 ? 8 : 16;
  const settle = settleTokens(dimension, 0.25, `${seed}, settle ${factors}`, factors);
  const shares = STARTS.map((start, s) => {
    const found = settledShare(settle, start, paths, { first: s * paths, law });
    tick();
    return found;
  });
  return {
    series: {
      label: `${KEYS[factors]}, c = ${factors === 0 ? "0" : "½"}`,
      law: curve(-1, 1, 201, law),
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

function driftSeries(factors: Factors, samples: number, seed: string, tick: () => void): LawAndPoints {
  const c = factors / 2;
  const overlaps = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];
  const rates = overlaps.map((R, k) =>
    pairRates({ dimension: DIMENSION, factors, seed: `${seed}, drift ${factors}, ${k}` }, R, { samples }),
  );
  tick();
  return {
    label: `${KEYS[factors]}, c = ${["0", "½", "1"][factors]}`,
    law: curve(-1, 1, 201, (R) => -(1 + c) * R * (1 - R * R)),
    points: {
      x: overlaps,
      y: rates.map(({ drift }) => drift),
      standardErrors: rates.map(({ driftError }) => driftError),
    },
  };
}

function curvatureSeries(factors: Factors, samples: number, seed: string, tick: () => void): LawAndPoints {
  const dimensions = [4, 8, 16, 32, 64, 128];
  const measured = dimensions.map((d) =>
    layerCurvature(d, factors, 0.5, samples, `${seed}, c ${factors}, ${d}`),
  );
  tick();
  const grid = Array.from({ length: 25 }, (_, k) => Math.round(4 * 2 ** (k / 4)));
  return {
    label: KEYS[factors],
    law: { x: grid, y: grid.map((d) => driftCurvature(d, factors, 0.5)) },
    points: {
      x: dimensions,
      y: measured.map(({ mean }) => mean),
      standardErrors: measured.map(({ standardError }) => standardError),
    },
  };
}

function trajectoryClaim(factors: Factors, plan: Figure4Plan, seed: string, tick: () => void): Claim {
  const { layersPerTime, trajectories } = plan;
  const { mean, standardError } = trajectoryCurvature(
    { dimension: DIMENSION, factors, seed: `${seed}, trajectories ${factors}` },
    { paths: trajectories, horizon: 2, eta: Math.sqrt(1 / layersPerTime), start: 0.5 },
  );
  tick();
  const exact = driftCurvature(DIMENSION, factors, 0.5);
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

function diffusionPaths(seed: string): Realizations {
  const every = 8;
  const source = stream(seed, "diffusion");
  const dB = new Float64Array(RECORDS * every);
  const dt = HORIZON / dB.length;
  const paths = Array.from({ length: SHOWN }, (_, path) => {
    source.normals(path, 0, dB);
    for (let s = 0; s < dB.length; s++) dB[s] *= Math.sqrt(dt);
    return [...lowTemperaturePath(0, START, dt, dB).filter((_, s) => s % every === 0)];
  });
  return { times: TIMES, paths };
}

/** Two tokens of the transformer itself, weights V and A drawn in full, at zero temperature in a full background. */
function particlePaths(
  factors: Factors,
  layersPerTime: number,
  seed: string,
  tick: () => void,
): Realizations {
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
    const u = alongLayers(evolution, path, records);
    tick();
    return [...u];
  });
  return { times: TIMES, paths };
}

function columnsOf(data: Figure4Data): Record<string, readonly number[]> {
  const columns: Record<string, readonly number[]> = { "time t/d": data.diffusion.times };
  for (const key of ["diffusion", "rotations", "twoFactors"] as const)
    data[key].paths.forEach((path, k) => (columns[`${key}, path ${k + 1}`] = path));
  const put = (name: string, values: ArrayLike<number>): void => {
    columns[name] = Array.from(values);
  };
  for (const { label, points } of data.fixation) {
    put(`fixation, ${label}: start`, points.x);
    put(`fixation, ${label}: share`, points.y);
    put(`fixation, ${label}: standard error`, points.standardErrors);
  }
  for (const { label, points } of data.drifts) {
    put(`drift, ${label}: u`, points.x);
    put(`drift, ${label}: drift`, points.y);
    put(`drift, ${label}: standard error`, points.standardErrors);
  }
  for (const { label, law, points } of data.curvatures) {
    put(`c, ${label}: d`, law.x);
    put(`c, ${label}: exact`, law.y);
    put(`c, ${label}: d measured`, points.x);
    put(`c, ${label}: measured`, points.y);
    put(`c, ${label}: standard error`, points.standardErrors);
  }
  return columns;
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
