import { COLLAPSED, collapseTime, selfAttentionCollapse } from "../../exact/overlap/collapse-time.js";
import { gaussianScores } from "../../exact/overlap/frame-scores.js";
import { solveScalar } from "../../numerics/runge-kutta.js";
import { selfAttentionDrift, simplexCurve, timesOf } from "../../exact/overlap/overlap-curves.js";
import { simplexAttention } from "../../exact/overlap/simplex-attention.js";
import { power } from "../../numerics/power.js";
import { ensemble } from "../../studies/statistics.js";
import { below, judge, type Claim } from "../../studies/claim.js";
import { planOverlaps } from "../claims/simplex-transformer.js";
import {
  drawFigure2,
  type CollapseLine,
  type Figure2Data,
  type MeasuredOverlap,
} from "./figure-2-picture.js";
import type { FigureMaker, FigurePlan, FigureResult } from "./figure.js";
import { each, inTurn, lazily, numbered, madeOf, together, type Parts } from "./parts.js";
import type { Rows } from "./rows.js";

const DIMENSION = 128;
const TOKENS = 32;
const HORIZON = 12;

/** How finely the figure is computed. */
export interface Figure2Plan {
  /** Of beta, from 0 to 8. */
  readonly step: number;
  /** Key matrices for f and g at every beta. */
  readonly samples: number;
  readonly timeSteps: number;
  /** 1/eta^2 of the transformers. */
  readonly layersPerTime: number;
  /** Transformers at every beta. */
  readonly paths: number;
  /** Layers between records. */
  readonly every: number;
  /** Key matrices for a collapse time at n = 32. */
  readonly collapse: number;
  /** Wanted of the curves' Monte Carlo standard error. */
  readonly accuracy: number;
}

const SIZES: Readonly<Record<"quick" | "full", Figure2Plan>> = {
  quick: {
    step: 0.5,
    samples: 40,
    timeSteps: 48,
    layersPerTime: 16,
    paths: 4,
    every: 16,
    collapse: 60,
    accuracy: 0.03,
  },
  full: {
    step: 0.25,
    samples: 500,
    timeSteps: 48,
    layersPerTime: 64,
    paths: 12,
    every: 32,
    collapse: 1000,
    accuracy: 0.01,
  },
};

const MEASURED = [1, 3, 5, 7];

/** Overlap of a simplex over time and temperature: random heads at d = 128 beside deterministic self-attention. */
export const figure2: FigureMaker = (size, seed) => planFigure2(SIZES[size], seed);

export function planFigure2(plan: Figure2Plan, seed: string): FigurePlan {
  const betas = Array.from({ length: Math.round(8 / plan.step) + 1 }, (_, b) => b * plan.step);
  const times = timesOf(HORIZON, plan.timeSteps);
  const selfBetas = Array.from({ length: 161 }, (_, b) => b / 20);
  const parts = together({
    curves: each(betas, (beta) => randomCurve(beta, plan.samples, plan.timeSteps, seed), {
      rows: ({ gamma, standardError }, beta) =>
        curveRows({
          kind: "random heads",
          beta,
          times,
          gamma,
          ...(isSampled(beta) && { standardError }),
        }),
    }),
    self: each(selfBetas, (beta) => selfCurve(beta, plan.timeSteps), {
      counts: 0,
      rows: (gamma, beta) => curveRows({ kind: "self-attention", beta, times, gamma }),
    }),
    measured: inTurn(MEASURED.map((beta) => measured(beta, plan, seed))),
    collapse: collapseLines(plan.collapse, seed),
  });
  return {
    unit: "parts",
    ...madeOf(parts, ({ curves, self, measured, collapse }) => {
      const data: Figure2Data = {
        dimension: DIMENSION,
        tokens: TOKENS,
        times,
        betas,
        random: flat(curves.map((curve) => curve.gamma)),
        randomError: flat(curves.map((curve) => curve.standardError)),
        self: flat(self),
        selfBetas,
        measured,
        collapse,
      };
      return drawCurves(data, Math.max(...curves.map((curve) => curve.stepError)), plan, seed);
    }),
  };
}

function drawCurves(data: Figure2Data, stepError: number, plan: Figure2Plan, seed: string): FigureResult {
  const monteCarlo = Math.max(...data.randomError);
  return {
    name: "figure-2",
    svg: drawFigure2(data),
    caption: caption(data, plan),
    claims: [
      below("simplex curves of figure 2: largest Monte Carlo standard error", monteCarlo, plan.accuracy),
      below("simplex curves of figure 2: largest error of the time steps", stepError, 1e-3),
      ...data.measured.map(nearCurve),
    ],
    parameters: {
      dimension: DIMENSION,
      tokens: TOKENS,
      sigmaV2: 1 / DIMENSION,
      sigmaA: power(DIMENSION, -0.25),
      betaEffectivePerBeta: Math.sqrt(DIMENSION),
      horizon: HORIZON,
      headsPerLayer: 1,
      eta: Math.sqrt(1 / plan.layersPerTime),
      ...plan,
      seed,
    },
  };
}

/** At finite d the mean overlap leaves the curve by O(sqrt(T/d)) at most; see the claims on the simplex curve. */
function nearCurve({ beta, mean, curve, standardError }: MeasuredOverlap): Claim {
  const apart = Math.max(...mean.map((v, s) => Math.abs(v - curve[2 * s]) - 2 * standardError[s]));
  return judge(
    `transformers at beta = ${beta}: largest distance of the mean overlap from the curve beyond two standard errors`,
    apart,
    null,
    [-1, Math.sqrt(HORIZON / DIMENSION)],
  );
}

function randomCurve(beta: number, samples: number, steps: number, seed: string) {
  const scores = gaussianScores(DIMENSION, power(DIMENSION, -0.25));
  const count = isSampled(beta) ? samples : 10;
  const attention = simplexAttention({ tokens: TOKENS, scores, beta, samples: count, seed });
  return simplexCurve({ ensemble: attention, dimension: DIMENSION, start: 0, horizon: HORIZON, steps });
}

/** The overlap under self-attention at so many times, each eighth of the solver's. */
const selfCurve = (beta: number, steps: number): Float64Array =>
  solveScalar((gamma) => selfAttentionDrift(TOKENS, beta, gamma), 0, HORIZON, 8 * steps).filter(
    (_, s) => s % 8 === 0,
  );

/** Whether key matrices are drawn at all: at beta = 0 every one gives the same. */
const isSampled = (beta: number): boolean => beta > 0;

/** A standard error, where there is one: the start of every path is exact. */
const errorOf = (error: number): number | null => (error > 0 ? error : null);

/** The rows of a curve of the overlap; one that is no estimate has no standard error. */
const curveRows = ({
  kind,
  beta,
  times,
  gamma,
  standardError,
}: {
  readonly kind: string;
  readonly beta: number;
  readonly times: Float64Array;
  readonly gamma: Float64Array;
  readonly standardError?: Float64Array;
}): Rows[] => [
  [
    "curves",
    Array.from(times, (time, s) => ({
      kind,
      beta,
      time,
      overlap: gamma[s],
      standardError: standardError ? errorOf(standardError[s]) : null,
    })),
  ],
];

/** The transformers of one temperature, beside the curve at their times. */
function measured(beta: number, plan: Figure2Plan, seed: string): Parts<MeasuredOverlap> {
  const { layersPerTime, paths, every, samples } = plan;
  const layers = HORIZON * layersPerTime;
  const times = timesOf(HORIZON, layers / every);
  const along = lazily(() =>
    planOverlaps({
      tokens: TOKENS,
      dimension: DIMENSION,
      beta,
      headsPerLayer: 1,
      eta: Math.sqrt(1 / layersPerTime),
      layers,
      every,
      seed: `${seed}, transformer ${beta}`,
    }),
  );
  const parts = together({
    runs: each(numbered(paths), (path) => along()(path), {
      rows: (overlaps, path) => [
        ["transformers", Array.from(times, (time, s) => ({ beta, path, time, overlap: overlaps[s] }))],
      ],
    }),
    fine: each([beta], () => randomCurve(beta, samples, 2 * (times.length - 1), seed), { counts: 0 }),
  });
  return madeOf(parts, ({ runs, fine: [fine] }, keep) => {
    const statistics = ensemble(times.length);
    for (const run of runs) statistics.add(run);
    const mean = statistics.mean();
    const standardError = statistics.standardError();
    keep(
      "transformer-means",
      Array.from(times, (time, s) => ({
        beta,
        time,
        overlap: mean[s],
        standardError: errorOf(standardError[s]),
        curve: fine.gamma[2 * s],
      })),
    );
    return { beta, times, mean, standardError, curveTimes: fine.times, curve: fine.gamma };
  });
}

/** Where collapse times are computed, and for which tokens and dimensions. */
const COLLAPSE_BETAS = [0, 1, 2, 3, 4, 6, 8, 12, 16];
const COLLAPSE_CASES = [
  { dimension: 128, tokens: 8 },
  { dimension: 128, tokens: 32 },
  { dimension: 128, tokens: 128 },
  { dimension: Infinity, tokens: 32 },
];

function collapseLines(samples: number, seed: string): Parts<CollapseLine[]> {
  const finite = (v: number): number | null => (Number.isFinite(v) ? v : null);
  const random = COLLAPSE_CASES.map(({ dimension, tokens }): Parts<CollapseLine> => {
    const [kind, d] =
      dimension === Infinity ? ["random heads, limit of large d", "∞"] : ["random heads", dimension];
    // Many tokens average over themselves: fewer matrices do.
    const count = Math.max(10, Math.round((samples * 32) / tokens));
    const points = each(
      COLLAPSE_BETAS,
      (beta) => collapseTime({ tokens, dimension, beta, samples: count, seed }),
      {
        rows(point, beta) {
          // No time where the overlap stops short of the threshold.
          const time = finite(point.time);
          const standardError = time !== null && isSampled(beta) ? point.standardError : null;
          return [["collapse", [{ kind, tokens, dimension: finite(dimension), beta, time, standardError }]]];
        },
      },
    );
    return madeOf(points, (found) => ({
      label: `random heads, n = ${tokens}, d = ${d}`,
      sampled: true,
      betas: COLLAPSE_BETAS,
      times: found.map(({ time }) => time),
      standardErrors: found.map(({ standardError }) => standardError),
    }));
  });
  return madeOf(inTurn(random), (lines, keep) => {
    const betas = Array.from({ length: 33 }, (_, k) => k / 4);
    const times = betas.map((beta) => selfAttentionCollapse(TOKENS, beta));
    keep(
      "collapse",
      betas.map((beta, k) => ({
        kind: "self-attention",
        tokens: TOKENS,
        dimension: null,
        beta,
        time: times[k],
        standardError: null,
      })),
    );
    return [
      ...lines,
      {
        label: "self-attention V = A = I, n = 32",
        sampled: false,
        betas,
        times,
        standardErrors: betas.map(() => 0),
      },
    ];
  });
}

const flat = (rows: readonly Float64Array[]): Float64Array =>
  Float64Array.from(rows.flatMap((row) => [...row]));

function caption({ dimension: d, tokens: n }: Figure2Data, plan: Figure2Plan): string {
  const { samples, layersPerTime, paths } = plan;
  return [
    `Overlap γ(t) of ${n} tokens, orthogonal at the start, in d = ${d} dimensions.`,
    `(a) Random heads on the diffusive clock t = η²ℓ/H: the simplex curve at this d, f and g from ${samples} key matrices per β; σ_V² = 1/d and σ_A = d^(-1/4), so that β is the standard deviation of the attention scores (β_eff = ${Math.sqrt(d).toFixed(1)} β).`,
    `Markers: times at which the mean overlap of ${paths} transformers (H = 1, η² = 1/${layersPerTime}, ${HORIZON * layersPerTime} layers) passes the contours' levels.`,
    `(b) Deterministic self-attention, V = A = I, in its own time: γ' = 2e^(βγ)(1-γ)(1+(n-1)γ)/(e^β+(n-1)e^(βγ)).`,
    `(c) The curves of (a) at four β with the transformers' mean overlaps, intervals of two standard errors.`,
    `(d) Time until γ = ${COLLAPSED}: random heads at several n and d, and self-attention, whose time grows like e^β.`,
  ].join(" ");
}
