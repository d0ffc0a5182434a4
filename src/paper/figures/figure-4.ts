import { fixationLaw, lowTemperaturePath } from "../../exact/overlap/low-temperature.js";
import { stream } from "../../noise/stream.js";
import { transformer } from "../../../solvers/transformer.js";
import { withinErrors, type Claim } from "../../studies/claim.js";
import { directionBarycentres, keyHeads } from "../claims/direction-heads.js";
import { pairAt, settledShare, settleTokens, STARTS } from "../claims/fixation.js";
import { exactCurvature, layerCurvature, trajectoryCurvature } from "../claims/low-temperature.js";
import { pairRates, type Factors } from "../claims/low-temperature-pair.js";
import { drawFigure4, type Curve, type Figure4Data, type Realizations } from "./figure-4-picture.js";
import type { FigureMaker, FigureResult } from "./figure.js";

const DIMENSION = 32;
const HORIZON = 6;
const START = 0.2;
const SHOWN = 10;
/** Points of a realization that are drawn. */
const RECORDS = 384;
const EDGES = ["keys rotations", "one Gaussian factor", "two Gaussian factors"] as const;

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

export function makeFigure4(
  plan: Figure4Plan,
  seed: string,
  onProgress?: (done: number, total: number) => void,
): FigureResult {
  const total = 2 * SHOWN + 2 * STARTS.length + 3 + 6;
  let done = 0;
  const tick = (): void => onProgress?.(++done, total);
  const claims: Claim[] = [];

  const rotations = particlePaths(0, plan.layersPerTime, seed, tick);
  const twoFactors = particlePaths(2, plan.layersPerTime, seed, tick);

  const fixation = ([0, 1] as const).map((factors) => {
    const law = fixationLaw(factors / 2);
    const dimension = factors === 0 ? 8 : 16;
    const settle = settleTokens(dimension, 0.25, `${seed}, settle ${factors}`, factors);
    const points = STARTS.map((start, s) => {
      const { share } = settledShare((R, path) => settle(R, s * plan.settled + path), start, plan.settled);
      const p = law(start);
      const standardError = Math.sqrt((p * (1 - p)) / plan.settled);
      claims.push(
        withinErrors(
          `figure 4, P(u -> 1), ${EDGES[factors]}, d = ${dimension}, u_0 = ${start}: ${share.toFixed(4)} of ${plan.settled} particle pairs, law c = ${factors / 2}: ${p.toFixed(4)}`,
          share - p,
          standardError,
        ),
      );
      tick();
      return { share, standardError };
    });
    return {
      label: `${EDGES[factors]}, c = ${factors === 0 ? "0" : "½"}`,
      law: curve(-1, 1, 201, law),
      starts: [...STARTS],
      shares: points.map(({ share }) => share),
      standardErrors: points.map(({ standardError }) => standardError),
    };
  });

  const u = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];
  const drifts = ([0, 1, 2] as const).map((factors) => {
    const c = factors / 2;
    const points = u.map((R, k) =>
      pairRates({ dimension: DIMENSION, factors, seed: `${seed}, drift ${factors}, ${k}` }, R, {
        samples: plan.drift,
      }),
    );
    tick();
    return {
      label: `${EDGES[factors]}, c = ${["0", "½", "1"][factors]}`,
      law: curve(-1, 1, 201, (R) => -(1 + c) * R * (1 - R * R)),
      u,
      drift: points.map(({ drift }) => drift),
      standardErrors: points.map(({ driftError }) => driftError),
    };
  });

  const curvatures = ([0, 1, 2] as const).map((factors) => {
    const dimensions = [4, 8, 16, 32, 64, 128];
    const points = dimensions.map((d) =>
      layerCurvature(d, factors, 0.5, plan.drift, `${seed}, c ${factors}, ${d}`),
    );
    tick();
    claims.push(trajectoryClaim(factors, plan, seed));
    tick();
    const grid = Array.from({ length: 25 }, (_, k) => Math.round(4 * 2 ** (k / 4)));
    return {
      label: EDGES[factors],
      exact: { x: grid, y: grid.map((d) => exactCurvature(d, factors, 0.5)) },
      dimensions,
      c: points.map(({ mean }) => mean),
      standardErrors: points.map(({ standardError }) => standardError),
    };
  });

  const data: Figure4Data = {
    dimension: DIMENSION,
    diffusion: diffusionPaths(seed),
    rotations,
    twoFactors,
    fixation,
    drifts,
    curvatures,
  };
  return {
    name: "figure-4",
    svg: drawFigure4(data),
    caption: caption(plan),
    columns: columnsOf(data),
    claims,
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

function trajectoryClaim(factors: Factors, plan: Figure4Plan, seed: string): Claim {
  const { layersPerTime, trajectories } = plan;
  const { mean, standardError } = trajectoryCurvature(
    { dimension: DIMENSION, factors, seed: `${seed}, trajectories ${factors}` },
    { paths: trajectories, horizon: 2, eta: Math.sqrt(1 / layersPerTime), start: 0.5 },
  );
  const exact = exactCurvature(DIMENSION, factors, 0.5);
  return withinErrors(
    `figure 4, c from ${trajectories} trajectories, ${EDGES[factors]}, d = ${DIMENSION}: ${mean.toFixed(3)} ± ${standardError.toFixed(3)}, exactly ${exact.toFixed(3)} at u = 1/2`,
    mean - exact,
    standardError,
  );
}

const curve = (from: number, to: number, count: number, f: (x: number) => number): Curve => {
  const x = Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
  return { x, y: x.map(f) };
};

const TIMES = Array.from({ length: RECORDS + 1 }, (_, s) => (s * HORIZON) / RECORDS);

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
  const interval = { time: 0, dt: 1, dW: new Float64Array(0), area: null };
  const overlap = (): number => {
    const x = evolution.law.points;
    let R = 0;
    for (let a = 0; a < d; a++) R += x[a] * x[d + a];
    return R;
  };
  const paths = Array.from({ length: SHOWN }, (_, path) => {
    evolution.reset(path);
    const u = [overlap()];
    for (let step = 0; step < RECORDS * every; step++) {
      evolution.advance({ ...interval, path, step });
      if ((step + 1) % every === 0) u.push(overlap());
    }
    tick();
    return u;
  });
  return { times: TIMES, paths };
}

function columnsOf(data: Figure4Data): Record<string, readonly number[]> {
  const columns: Record<string, readonly number[]> = { "time t/d": data.diffusion.times };
  for (const key of ["diffusion", "rotations", "twoFactors"] as const)
    data[key].paths.forEach((path, k) => (columns[`${key}, path ${k + 1}`] = path));
  for (const { label, starts, shares, standardErrors } of data.fixation) {
    columns[`fixation, ${label}: start`] = starts;
    columns[`fixation, ${label}: share`] = shares;
    columns[`fixation, ${label}: standard error`] = standardErrors;
  }
  for (const { label, u, drift, standardErrors } of data.drifts) {
    columns[`drift, ${label}: u`] = u;
    columns[`drift, ${label}: drift`] = drift;
    columns[`drift, ${label}: standard error`] = standardErrors;
  }
  for (const { label, exact, dimensions, c, standardErrors } of data.curvatures) {
    columns[`c, ${label}: d`] = exact.x;
    columns[`c, ${label}: exact`] = exact.y;
    columns[`c, ${label}: d measured`] = dimensions;
    columns[`c, ${label}: measured`] = c;
    columns[`c, ${label}: standard error`] = standardErrors;
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
