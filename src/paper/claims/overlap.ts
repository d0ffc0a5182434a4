import { directBarycentres } from "../../models/attention/direct-barycentres.js";
import { drawAtoms, gaussianHeads, type HeadLaw } from "../../models/heads/gaussian-heads.js";
import { gaussianScores } from "../../exact/overlap/frame-scores.js";
import { driftRate, overlapDrift } from "../../exact/overlap/overlap-drift.js";
import { stream } from "../../noise/stream.js";
import { measure, wrap } from "../../sphere/measure.js";
import { normalize } from "../../sphere/retract.js";
import { fitPower } from "../../studies/regression.js";
import { meanAndError } from "../../studies/statistics.js";
import type { Measure } from "../../types.js";
import { transformer } from "../../../solvers/transformer.js";
import { slopeNear, withinErrors, type Claim } from "../../studies/claim.js";
import { normalQuadrature } from "../../numerics/gauss-hermite.js";
import { pairRates, type Factors } from "./low-temperature-pair.js";

/** n tokens leaning to the first axis, so that their overlaps differ and are not small. */
export function leaningTokens(n: number, d: number, seed: string): Measure {
  const points = new Float64Array(n * d);
  stream(seed, "tokens").normals(0, 0, points);
  for (let o = 0; o < n * d; o += d) points[o] += Math.sqrt(d);
  normalize(points, d);
  return wrap(points, d);
}

function overlap({ points: x, dimension: d }: Measure): number {
  let R = 0;
  for (let a = 0; a < d; a++) R += x[a] * x[d + a];
  return R;
}

/** The same law with V negated on odd paths: path 2k+1 is the antithetic partner of path 2k. */
export function antithetic(heads: HeadLaw): HeadLaw {
  return {
    ...heads,
    sample(path, layer, head, V, A) {
      heads.sample(path >>> 1, layer, head, V, A);
      if (path % 2 === 1) for (let e = 0; e < V.length; e++) V[e] = -V[e];
    },
  };
}

/** Tokens, temperature and key matrices of a one-layer experiment; sigma_V^2 = 1/d. */
export interface OneLayer {
  readonly law: Measure;
  readonly beta: number;
  readonly sigmaA: number;
  readonly eta: number;
  readonly seed: string;
}

/**
 * Mean change of <x_1, x_2> in one layer of the transformer, a unit of time s = eta^2, with its standard error: the part of
 * order eta removed by antithetic layers, nothing else known of the layer.
 */
export function layerDrift(
  { law, beta, sigmaA, eta, seed }: OneLayer,
  pairs: number,
): { mean: number; standardError: number } {
  const d = law.dimension;
  const heads = antithetic(gaussianHeads({ dimension: d, sigmaV: 1 / Math.sqrt(d), sigmaA, seed }));
  const evolution = transformer({ heads, headsPerLayer: 1, eta, beta, initial: law });
  const R = overlap(law);
  const move = (path: number): number => {
    evolution.reset(path);
    evolution.advance({ path, step: 0, time: 0, dt: 1, dW: new Float64Array(0), area: null });
    return overlap(evolution.law) - R;
  };
  const changes = Float64Array.from({ length: pairs }, (_, k) => move(2 * k) + move(2 * k + 1));
  return meanAndError(changes.map((change) => change / (2 * eta * eta)));
}

/**
 * On the circle the expectation over V is a four-dimensional Gauss–Hermite sum: the change of <x_1, x_2> in one layer
 * over eta^2, given A, without statistical error.
 */
export function layerDriftGivenKeys({ law, beta, eta }: OneLayer, A: Float64Array, nodes = 8): number {
  if (law.dimension !== 2)
    throw new RangeError(`layerDriftGivenKeys: tokens in R^${law.dimension}, want R^2`);
  const bary = directBarycentres(law.count, 2, 1, beta);
  bary.freeze(law, [A]);
  const m = bary.values;
  const x = law.points;
  const rule = normalQuadrature(nodes);
  const R = overlap(law);
  let sum = 0;
  for (let q = 0; q < nodes ** 4; q++) {
    const at = [0, 1, 2, 3].map((k) => Math.floor(q / nodes ** k) % nodes);
    const V = at.map((k) => Math.SQRT1_2 * rule.nodes[k]);
    const moved = [0, 2].map((o) => {
      const a = x[o] + eta * (V[0] * m[o] + V[1] * m[o + 1]);
      const b = x[o + 1] + eta * (V[2] * m[o] + V[3] * m[o + 1]);
      return [a, b, Math.hypot(a, b)];
    });
    const [p, r] = moved;
    const weight = at.reduce((w, k) => w * rule.weights[k], 1);
    sum += weight * ((p[0] * r[0] + p[1] * r[1]) / (p[2] * r[2]) - R);
  }
  return sum / (eta * eta);
}

/** D_12 by its formula, for the same tokens and head law. */
export function formulaDrift(
  { law, beta, sigmaA, seed }: OneLayer,
  samples: number,
): { mean: number; standardError: number } {
  const { drift, driftError } = overlapDrift({
    law,
    beta,
    scores: gaussianScores(law.dimension, sigmaA),
    samples,
    seed: `${seed}, formula`,
  });
  return { mean: drift[1], standardError: driftError[1] };
}

/** Three tokens on the circle. */
const CIRCLE = [
  [1, 0],
  [0.6, 0.8],
  [-0.28, 0.96],
];

/** D_ij of the overlap, from single layers: V integrated exactly on the circle, Monte Carlo in higher dimension. */
function driftClaims(size: "quick" | "full", seed: string): Claim[] {
  const full = size === "full";
  const circle: OneLayer = { law: measure(CIRCLE), beta: 1.5, sigmaA: 1, eta: 0.02, seed };
  const keys = drawAtoms(seed, full ? 2000 : 200, 2, circle.sigmaA);
  const layers = meanAndError(Float64Array.from(keys, (A) => layerDriftGivenKeys(circle, A)));
  const claims = [
    difference(
      "d = 2, three tokens, beta = 1.5, V integrated exactly",
      layers,
      formulaDrift(circle, full ? 400000 : 20000),
    ),
  ];
  for (const [d, n, beta] of [
    [8, 6, 0],
    [8, 6, 2],
    [16, 8, 4],
  ]) {
    const options: OneLayer = {
      law: leaningTokens(n, d, `${seed}, ${d}`),
      beta,
      sigmaA: d ** -0.25,
      eta: 0.02,
      seed: `${seed}, ${d}, ${beta}`,
    };
    const measured = layerDrift(options, full ? 100000 : 4000);
    claims.push(
      difference(
        `d = ${d}, ${n} tokens, beta = ${beta}`,
        measured,
        formulaDrift(options, full ? 50000 : 4000),
      ),
    );
  }
  return claims;
}

interface Estimate {
  readonly mean: number;
  readonly standardError: number;
}

function difference(what: string, measured: Estimate, formula: Estimate): Claim {
  const error = Math.hypot(measured.standardError, formula.standardError);
  return withinErrors(
    `overlap drift D_12 from one layer, ${what}: ${measured.mean.toFixed(5)} ± ${measured.standardError.toFixed(5)}, formula ${formula.mean.toFixed(5)}`,
    measured.mean - formula.mean,
    error,
  );
}

/** One key matrix on the circle: the bias of the one-layer drift against D given A falls like eta^2. */
function biasClaim(seed: string): Claim {
  const [A] = drawAtoms(seed, 1, 2, 1);
  const law = measure(CIRCLE);
  const bary = directBarycentres(law.count, 2, 1, 1.5);
  bary.freeze(law, [A]);
  const m = bary.values;
  const own = m[0] ** 2 + m[1] ** 2 + m[2] ** 2 + m[3] ** 2;
  const D = driftRate(2, overlap(law), m[0] * m[2] + m[1] * m[3], own) / 2;
  const etas = [1 / 64, 1 / 32, 1 / 16, 1 / 8];
  const bias = etas.map((eta) =>
    Math.abs(layerDriftGivenKeys({ law, beta: 1.5, sigmaA: 1, eta, seed }, A) - D),
  );
  const fit = fitPower(
    etas.map((eta) => eta * eta),
    bias,
  );
  return slopeNear(
    "one-layer drift on the circle, V integrated exactly: slope in eta^2 of its bias",
    fit,
    1,
    0.15,
  );
}

/** Dimensions in which the motion of the overlap at zero temperature is timed. */
export const SLOW_DIMENSIONS = [8, 16, 32, 64, 128] as const;

/** Drift of the overlap a unit of time t (not t d) at zero temperature, R = 1/2, against d. */
export function slowMotion(
  factors: Factors,
  samples: number,
  seed: string,
): { d: number; drift: number; error: number }[] {
  return SLOW_DIMENSIONS.map((d) => {
    const { drift, driftError } = pairRates({ dimension: d, factors, seed: `${seed}, ${d}` }, 0.5, {
      samples,
    });
    return { d, drift: Math.abs(drift) / d, error: driftError / d };
  });
}

/** At zero temperature the overlap moves on the scale d: its drift falls like 1/d. */
function slowMotionClaims(size: "quick" | "full", seed: string): Claim[] {
  const samples = size === "full" ? 300000 : 10000;
  const names = ["keys rotations", "one Gaussian factor", "two Gaussian factors"];
  return ([0, 1, 2] as const).map((factors) => {
    const rows = slowMotion(factors, samples, `${seed}, slow ${factors}`);
    const fit = fitPower(
      rows.map(({ d }) => d),
      rows.map(({ drift }) => drift),
      rows.map(({ drift, error }) => error / drift),
    );
    return slopeNear(`zero temperature, ${names[factors]}: slope in d of the overlap's drift`, fit, -1, 0.15);
  });
}

/** The overlap's drift from one-layer statistics, its bias in eta, and its slow motion at zero temperature. */
export function overlapClaims(size: "quick" | "full", seed = "overlap"): Claim[] {
  return [...driftClaims(size, seed), biasClaim(seed), ...slowMotionClaims(size, seed)];
}
