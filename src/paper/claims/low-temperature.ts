import { uniformLaw } from "../../laws/uniform.js";
import { multiply } from "../../numerics/matrix.js";
import { directionCurvature } from "../../exact/overlap/direction-overlap.js";
import { gaussianScores } from "../../exact/overlap/frame-scores.js";
import {
  aloneScore,
  driftCurvature,
  lowTemperatureRates,
} from "../../exact/overlap/low-temperature-rates.js";
import { driftRate, overlapDrift } from "../../exact/overlap/overlap-drift.js";
import { tiltedMean } from "../../exact/overlap/tilted-mean.js";
import { pairAt } from "../../exact/overlap/token-pair.js";
import { drawAtoms } from "../../models/heads/gaussian-heads.js";
import { stream } from "../../noise/stream.js";
import { atanh } from "../../numerics/hyperbolic.js";
import { square } from "../../numerics/square.js";
import { normalize } from "../../sphere/retract.js";
import { meanAndError } from "../../studies/statistics.js";
import { judge, withinErrors, type Claim } from "../../studies/claim.js";
import type { Estimate } from "./estimate.js";
import { KEYS, lowTemperaturePair, pairRates, type Factors } from "./low-temperature-pair.js";

/** c in the drift -(1+c) u (1-u^2), time t d, from single layers at overlap R. */
export function layerCurvature(
  dimension: number,
  factors: Factors,
  R: number,
  samples: number,
  seed: string,
): Estimate {
  const { drift, driftError } = pairRates({ dimension, factors, seed }, R, { samples });
  const shape = -R * (1 - R * R);
  return { mean: drift / shape - 1, standardError: driftError / Math.abs(shape) };
}

/**
 * c from whole trajectories: with z = artanh u, dz = (1-c) tanh z dt + sqrt 2 dB has the maximum-likelihood estimate
 * 1-c = sum tanh z dz / sum tanh^2 z dt. Standard error over the paths (ratio estimator). Layers with step eta, from `start`
 * to time `horizon` in units of t d, summed over records of `every` layers.
 */
export function trajectoryCurvature(
  { dimension: d, factors, seed }: { dimension: number; factors: Factors; seed: string },
  { paths, horizon, eta, start }: { paths: number; horizon: number; eta: number; start: number },
): Estimate {
  const draw = lowTemperaturePair({ dimension: d, factors, seed });
  const layers = Math.round((horizon * d) / (eta * eta));
  const dt = (eta * eta) / d;
  const above = new Float64Array(paths);
  const below = new Float64Array(paths);
  for (let path = 0; path < paths; path++) {
    let R = path % 2 === 0 ? start : -start;
    for (let layer = 0; layer < layers; layer++) {
      const next = draw(path, layer, R).next(eta);
      above[path] += R * (atanh(next) - atanh(R));
      below[path] += R * R * dt;
      R = next;
    }
  }
  const sum = below.reduce((s, v) => s + v, 0);
  const estimate = above.reduce((s, v) => s + v, 0) / sum;
  const squares = above.reduce((s, v, path) => s + square(v - estimate * below[path]), 0);
  return { mean: 1 - estimate, standardError: Math.sqrt(squares) / sum };
}

export interface Background {
  readonly dimension: number;
  /** Random tokens around the two. */
  readonly tokens: number;
  /** Inverse temperature, sigma_A^2 = 1/d, so that it is beta_eff as well. */
  readonly beta: number;
  readonly R: number;
  readonly seed: string;
}

/**
 * Drift of the overlap R of two tokens in time t d in a finite background: V integrated exactly, key matrices A = W W'^T by
 * Monte Carlo against the directions of Ax, Ay under the same A, whose mean is known. `own` is the mean of |m|^2.
 */
export function backgroundDrift(
  options: Background,
  samples: number,
): { drift: Estimate; limit: number; own: number } {
  const { dimension: d, tokens, beta, R, seed } = options;
  const background = uniformLaw(d).sample(tokens, stream(seed, "background"), 0);
  const barycentre = tiltedMean({ rows: background.points, weights: background.weights, width: d }, beta);
  const { points: pair } = pairAt(d, R);
  const keys = drawAtoms(seed, samples, d, 1 / Math.sqrt(d));
  const image = [new Float64Array(d), new Float64Array(d)];
  const m = [new Float64Array(d), new Float64Array(d)];
  let total = 0;
  const apart = keys.map((A) => {
    m.forEach((mean, i) => {
      multiply(A, pair, i * d, d, image[i]);
      barycentre(image[i], mean);
      normalize(image[i], d);
    });
    const own = dot(m[0], m[0]) + dot(m[1], m[1]);
    total += own / 2;
    return driftRate(d, R, dot(m[0], m[1]), own) - driftRate(d, R, dot(image[0], image[1]), 2);
  });
  const { mean, standardError } = meanAndError(apart);
  const limit = lowTemperatureRates(d, R, 2).drift;
  return { drift: { mean: limit + mean, standardError }, limit, own: total / samples };
}

const dot = (u: Float64Array, v: Float64Array): number => u.reduce((s, e, a) => s + e * v[a], 0);

const Z = 2;
const around = ({ mean, standardError }: Estimate): readonly [number, number] => [
  mean - Z * standardError,
  mean + Z * standardError,
];

function layerClaims(size: "quick" | "full", seed: string): Claim[] {
  const samples = size === "full" ? 400000 : 10000;
  const R = 0.5;
  return ([0, 1, 2] as const).flatMap((factors) =>
    [8, 16, 64].map((d) => {
      const c = layerCurvature(d, factors, R, samples, `${seed}, ${factors}, ${d}`);
      const exact = driftCurvature(d, factors, R);
      return withinErrors(
        `c from single layers, ${KEYS[factors]}, d = ${d}, u = 1/2: ${c.mean.toFixed(3)} ± ${c.standardError.toFixed(3)}, exactly ${exact.toFixed(4)}`,
        c.mean - exact,
        c.standardError,
      );
    }),
  );
}

/** The limit of c: exact values at growing d, extrapolated in 1/d. */
function limitClaims(): Claim[] {
  return ([1, 2] as const).map((factors) => {
    const at = (d: number): number => directionCurvature(d, 0.5, factors);
    const limit = 2 * at(2048) - at(1024);
    const reach = Math.abs(limit - (2 * at(1024) - at(512)));
    return judge(
      `c as d -> infinity, ${KEYS[factors]}, extrapolated from d = 1024, 2048`,
      limit,
      [limit - reach, limit + reach],
      [factors / 2 - 1e-4, factors / 2 + 1e-4],
    );
  });
}

function trajectoryClaims(size: "quick" | "full", seed: string): Claim[] {
  const paths = size === "full" ? 1000 : 40;
  return ([0, 1, 2] as const).map((factors) => {
    const d = 32;
    const c = trajectoryCurvature(
      { dimension: d, factors, seed: `${seed}, trajectories ${factors}` },
      { paths, horizon: 2, eta: 0.125, start: 0.5 },
    );
    const exact = driftCurvature(d, factors, 0.5);
    return withinErrors(
      `c from trajectories to t d = 2, ${KEYS[factors]}, d = 32: ${c.mean.toFixed(3)} ± ${c.standardError.toFixed(3)}, exactly ${exact.toFixed(3)} at u = 1/2`,
      c.mean - exact,
      c.standardError,
    );
  });
}

/** Two tokens alone pick the better of the two (`aloneScore`), and the overlap drifts on the scale of one. */
function aloneClaim(size: "quick" | "full", seed: string): Claim {
  const [d, R] = [16, 0.5];
  const { drift, driftError } = overlapDrift({
    law: pairAt(d, R),
    beta: 1e6,
    scores: gaussianScores(d, 1),
    samples: size === "full" ? 200000 : 10000,
    seed: `${seed}, alone`,
  });
  const expected = driftRate(d, R, aloneScore(R), 2) / d;
  return withinErrors(
    `two tokens alone at zero temperature, d = 16, R = 1/2: drift a unit of t ${drift[1].toFixed(4)} ± ${driftError[1].toFixed(4)}, formula ${expected.toFixed(4)}`,
    drift[1] - expected,
    driftError[1],
  );
}

/** Finite backgrounds: on S^2 a few thousand tokens fill the sphere, on S^7 they do not yet. */
function backgroundClaims(size: "quick" | "full", seed: string): Claim[] {
  const full = size === "full";
  return [
    { dimension: 3, tokens: 2048, beta: 1000, wanted: [0.97, 1.03] as const },
    { dimension: 8, tokens: 2048, beta: 1000, wanted: [1.1, 10] as const },
  ].map(({ dimension, tokens, beta, wanted }) => {
    const options = { dimension, tokens, beta, R: 0.5, seed };
    const { drift, limit } = backgroundDrift(options, full ? 2000 : 100);
    const share = { mean: drift.mean / limit, standardError: drift.standardError / Math.abs(limit) };
    return judge(
      `two tokens at overlap 1/2 in ${tokens} others on S^${dimension - 1}, beta_eff = ${beta}: drift over its limit in a full sphere`,
      share.mean,
      around(share),
      wanted,
    );
  });
}

/** The low-temperature drift -(1+c) u (1-u^2): c for rotations, one and two Gaussian factors; and what it takes to see it. */
export function* lowTemperatureClaims(size: "quick" | "full", seed = "low temperature"): Generator<Claim> {
  yield* layerClaims(size, seed);
  yield* limitClaims();
  yield* trajectoryClaims(size, seed);
  yield aloneClaim(size, seed);
  yield* backgroundClaims(size, seed);
}
