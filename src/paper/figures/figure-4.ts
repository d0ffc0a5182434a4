import { power } from "../../numerics/power.js";
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
import type { FigureMaker, FigurePlan } from "./figure.js";
import { each, inTurn, lazily, numbered, madeOf, together, type Parts } from "./parts.js";
import type { Curve, LawAndPoints } from "./law-and-points.js";
import type { Row, Rows } from "./rows.js";

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
export const figure4: FigureMaker = (size, seed) => planFigure4(SIZES[size], seed);

export function planFigure4(plan: Figure4Plan, seed: string): FigurePlan {
  const { layersPerTime, settled, drift } = plan;
  const parts = together({
    diffusion: diffusionPaths(seed),
    rotations: particlePaths(0, layersPerTime, seed),
    twoFactors: particlePaths(2, layersPerTime, seed),
    fixation: inTurn(([0, 1] as const).map((factors) => fixationSeries(factors, settled, seed))),
    drifts: inTurn(FACTORS.map((factors) => driftSeries(factors, drift, seed))),
    curvatures: inTurn(FACTORS.map((factors) => curvatureSeries(factors, drift, seed))),
    trajectories: each(FACTORS, (factors) => trajectories(factors, plan, seed), {
      rows: ({ row }) => [["trajectories", [row]]],
    }),
  });
  return {
    unit: "parts",
    ...madeOf(parts, ({ fixation, trajectories: along, ...found }) => {
      const data: Figure4Data = {
        dimension: DIMENSION,
        ...found,
        fixation: fixation.map(({ series }) => series),
      };
      return {
        name: "figure-4",
        svg: drawFigure4(data),
        caption: caption(plan),
        claims: [...fixation.flatMap(({ claims }) => claims), ...along.map(({ claim }) => claim)],
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
    }),
  };
}

/** Rows of a table about one law of the keys: x and y by name, each y with its standard error unless it is a law. */
const pointRows = (
  [table, x, y]: readonly [table: string, x: string, y: string],
  kind: "law" | "measured",
  keys: string,
  points: Curve & { readonly standardErrors?: ArrayLike<number> },
): Rows => [
  table,
  Array.from(points.x, (at, k) => ({
    kind,
    keys,
    [x]: at,
    [y]: points.y[k],
    standardError: points.standardErrors ? points.standardErrors[k] : null,
  })),
];

const FIXATION = ["fixation", "start", "probability"] as const;
const DRIFT = ["drift", "overlap", "drift"] as const;
const CURVATURE = ["curvature", "dimension", "c"] as const;

/** One measured point of a table. */
const pointRow = (
  names: Parameters<typeof pointRows>[0],
  keys: string,
  [x, y, standardError]: readonly [x: number, y: number, standardError: number],
): Rows => pointRows(names, "measured", keys, { x: [x], y: [y], standardErrors: [standardError] });

/** Where `paths` pairs a start settle, and the law of these keys with a claim for every start. */
function fixationSeries(
  factors: 0 | 1,
  paths: number,
  seed: string,
): Parts<{ series: LawAndPoints; claims: Claim[] }> {
  const law = fixationLaw(factors / 2);
  const dimension = factors === 0 ? 8 : 16;
  const settle = lazily(() => settleTokens(dimension, 0.25, `${seed}, settle ${factors}`, factors));
  const shares = each(
    [...STARTS.entries()],
    ([s, start]) => settledShare(settle(), start, paths, { first: s * paths, law }),
    {
      rows: ({ share, standardError }, [, start]) => [
        pointRow(FIXATION, KEYS[factors], [start, share, standardError]),
      ],
    },
  );
  return madeOf(shares, (found, keep) => {
    const line = curve(-1, 1, 201, law);
    keep(...pointRows(FIXATION, "law", KEYS[factors], line));
    return {
      series: {
        label: `${KEYS[factors]}, c = ${factors === 0 ? "0" : "½"}`,
        law: line,
        points: {
          x: STARTS,
          y: found.map(({ share }) => share),
          standardErrors: found.map(({ standardError }) => standardError),
        },
      },
      claims: found.map(({ share, expected, standardError }, s) =>
        withinErrors(
          `figure 4, P(u -> 1), ${KEYS[factors]}, d = ${dimension}, u_0 = ${STARTS[s]}: ${share.toFixed(4)} of ${paths} particle pairs, law c = ${factors / 2}: ${expected.toFixed(4)}`,
          share - expected,
          standardError,
        ),
      ),
    };
  });
}

/** Where the drift is measured. */
const OVERLAPS = [-0.9, -0.7, -0.5, -0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9];

function driftSeries(factors: Factors, samples: number, seed: string): Parts<LawAndPoints> {
  const c = factors / 2;
  const rates = each(
    [...OVERLAPS.entries()],
    ([k, R]) => {
      const problem = { dimension: DIMENSION, factors, seed: `${seed}, drift ${factors}, ${k}` };
      const { drift, driftError } = pairRates(problem, R, { samples });
      return { drift, driftError };
    },
    {
      rows: ({ drift, driftError }, [, R]) => [pointRow(DRIFT, KEYS[factors], [R, drift, driftError])],
    },
  );
  return madeOf(rates, (found, keep) => {
    const law = curve(-1, 1, 201, (R) => -(1 + c) * R * (1 - R * R));
    keep(...pointRows(DRIFT, "law", KEYS[factors], law));
    return {
      label: `${KEYS[factors]}, c = ${["0", "½", "1"][factors]}`,
      law,
      points: {
        x: OVERLAPS,
        y: found.map(({ drift }) => drift),
        standardErrors: found.map(({ driftError }) => driftError),
      },
    };
  });
}

/** Where c is measured in single layers. */
const DIMENSIONS = [4, 8, 16, 32, 64, 128];

function curvatureSeries(factors: Factors, samples: number, seed: string): Parts<LawAndPoints> {
  const measured = each(
    DIMENSIONS,
    (d) => layerCurvature(d, factors, 0.5, samples, `${seed}, c ${factors}, ${d}`),
    {
      rows: ({ mean, standardError }, d) => [pointRow(CURVATURE, KEYS[factors], [d, mean, standardError])],
    },
  );
  return madeOf(measured, (found, keep) => {
    const grid = Array.from({ length: 25 }, (_, k) => Math.round(4 * power(2, k / 4)));
    const law = { x: grid, y: grid.map((d) => driftCurvature(d, factors, 0.5)) };
    keep(...pointRows(CURVATURE, "law", KEYS[factors], law));
    return {
      label: KEYS[factors],
      law,
      points: {
        x: DIMENSIONS,
        y: found.map(({ mean }) => mean),
        standardErrors: found.map(({ standardError }) => standardError),
      },
    };
  });
}

function trajectories(factors: Factors, plan: Figure4Plan, seed: string): { row: Row; claim: Claim } {
  const { layersPerTime, trajectories: paths } = plan;
  const { mean, standardError } = trajectoryCurvature(
    { dimension: DIMENSION, factors, seed: `${seed}, trajectories ${factors}` },
    { paths, horizon: 2, eta: Math.sqrt(1 / layersPerTime), start: 0.5 },
  );
  const exact = driftCurvature(DIMENSION, factors, 0.5);
  return {
    row: { keys: KEYS[factors], dimension: DIMENSION, c: mean, standardError, exact },
    claim: withinErrors(
      `figure 4, c from ${paths} trajectories, ${KEYS[factors]}, d = ${DIMENSION}: ${mean.toFixed(3)} ± ${standardError.toFixed(3)}, exactly ${exact.toFixed(3)} at u = 1/2`,
      mean - exact,
      standardError,
    ),
  };
}

const curve = (from: number, to: number, count: number, f: (x: number) => number): Curve => {
  const x = Array.from({ length: count }, (_, k) => from + ((to - from) * k) / (count - 1));
  return { x, y: x.map(f) };
};

const TIMES = [...timesOf(HORIZON, RECORDS)];

/** Paths of the overlap, `SHOWN` of them; `time` is t/d, t = eta^2 l/H. */
const realizations = (kind: string, overlapsOf: (path: number) => readonly number[]): Parts<Realizations> =>
  madeOf(
    each(numbered(SHOWN), overlapsOf, {
      rows: (overlaps, path) => [
        ["realizations", TIMES.map((time, s) => ({ kind, path, time, overlap: overlaps[s] }))],
      ],
    }),
    (paths) => ({ times: TIMES, paths }),
  );

function diffusionPaths(seed: string): Parts<Realizations> {
  const every = 8;
  const dt = HORIZON / (RECORDS * every);
  return realizations("diffusion", (path) => {
    const dB = new Float64Array(RECORDS * every);
    stream(seed, "diffusion").normals(path, 0, dB);
    for (let s = 0; s < dB.length; s++) dB[s] *= Math.sqrt(dt);
    return [...lowTemperaturePath(0, START, dt, dB).filter((_, s) => s % every === 0)];
  });
}

/** Two tokens of the transformer itself, weights V and A drawn in full, at zero temperature in a full background. */
function particlePaths(factors: Factors, layersPerTime: number, seed: string): Parts<Realizations> {
  const d = DIMENSION;
  const chain = lazily(() =>
    transformer({
      heads: keyHeads(d, factors, `${seed}, realizations ${factors}`),
      headsPerLayer: 1,
      eta: Math.sqrt(1 / layersPerTime),
      beta: 1,
      initial: pairAt(d, START),
      barycentres: directionBarycentres,
    }),
  );
  const every = (HORIZON * d * layersPerTime) / RECORDS;
  const records = { layers: RECORDS * every, every, observe: pairOverlap };
  return realizations(KEYS[factors], (path) => [...alongLayers(chain(), path, records)]);
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
