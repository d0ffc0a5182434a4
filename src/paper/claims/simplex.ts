import { simplexLaw } from "../../laws/simplex.js";
import { solveScalar } from "../../numerics/runge-kutta.js";
import { gaussianScores } from "../../exact/overlap/frame-scores.js";
import { simplexCurve, simplexDrift } from "../../exact/overlap/overlap-curves.js";
import { simplexAttention, simplexMoments } from "../../exact/overlap/simplex-attention.js";
import { stream } from "../../noise/stream.js";
import { hypot } from "../../numerics/hypot.js";
import { power } from "../../numerics/power.js";
import { square } from "../../numerics/square.js";
import { fitPower } from "../../studies/regression.js";
import { meanAndError } from "../../studies/statistics.js";
import { judge, slopeNear, withinErrors, type Claim } from "../../studies/claim.js";
import { layerDrift } from "./one-layer.js";
import { measureOverlaps } from "./simplex-transformer.js";

export interface SimplexComparison {
  /** gamma' from single layers of the transformer, with its standard error. */
  readonly measured: number;
  readonly error: number;
  /** The drift at this d, its error, and its printed limit d -> infinity with the same f and g. */
  readonly finite: number;
  readonly finiteError: number;
  readonly printed: number;
}

/** The drift of the common overlap of n tokens at overlap gamma, three times; scores of standard deviation one. */
export function compareSimplexDrift(
  { tokens, dimension, gamma, beta }: { tokens: number; dimension: number; gamma: number; beta: number },
  { pairs, samples, seed }: { pairs: number; samples: number; seed: string },
): SimplexComparison {
  const sigmaA = power(dimension, -0.25);
  const law = simplexLaw(dimension, tokens, gamma).sample(tokens, stream(seed, "initial"), 0);
  const layer = layerDrift({ law, beta, sigmaA, eta: 0.02, seed }, pairs);
  const scores = gaussianScores(dimension, sigmaA);
  const { f, g, fError, gError } = simplexMoments(
    simplexAttention({ tokens, scores, beta, samples, seed: `${seed}, scores` }),
    gamma,
  );
  return {
    measured: layer.mean,
    error: layer.standardError,
    finite: simplexDrift(dimension, gamma, f, g),
    finiteError: (1 - gamma) * (gError + gamma * fError),
    printed: simplexDrift(Infinity, gamma, f, g),
  };
}

function driftClaims(size: "quick" | "full", seed: string): Claim[] {
  const pairs = size === "full" ? 200000 : 20000;
  const samples = size === "full" ? 20000 : 4000;
  return [0.2, 0.6].flatMap((gamma) => {
    const settings = { tokens: 4, dimension: 8, gamma, beta: 2 };
    const { measured, error, finite, finiteError, printed } = compareSimplexDrift(settings, {
      pairs,
      samples,
      seed: `${seed}, ${gamma}`,
    });
    const where = `simplex of 4 tokens, d = 8, beta = 2, gamma = ${gamma}: drift ${measured.toFixed(4)} ± ${error.toFixed(4)} from layers`;
    const both = hypot(error, finiteError);
    const off = Math.abs(measured - printed) / both;
    return [
      withinErrors(`${where}, ${finite.toFixed(4)} by the formula at this d`, measured - finite, both),
      judge(
        `${where}, ${printed.toFixed(4)} by the printed limit: standard errors apart`,
        off,
        [off, off],
        [5, Infinity],
      ),
    ];
  });
}

/** Largest distance on [0, 6] of the curve at finite d from the printed one, beta = 0, sixteen tokens: no statistical error. */
function limitClaim(): Claim {
  const n = 16;
  const curve = (d: number): Float64Array =>
    solveScalar((gamma) => simplexDrift(d, gamma, 1 / n, 1 / n), 0, 6, 240);
  const limit = curve(Infinity);
  const dimensions = [32, 64, 128, 256, 512];
  const distance = dimensions.map((d) =>
    curve(d).reduce((most, gamma, s) => Math.max(most, Math.abs(gamma - limit[s])), 0),
  );
  return slopeNear(
    "simplex curve, n = 16, beta = 0: slope in d of its distance from the printed limit",
    fitPower(dimensions, distance),
    -1,
    0.15,
  );
}

/** Root mean square distance of a transformer's mean pairwise overlap from the simplex curve at its d, at time 1. */
export function distanceFromCurve(
  dimension: number,
  paths: number,
  seed: string,
): { rms: number; error: number } {
  const [n, beta, time, eta] = [8, 2, 1, 0.125];
  const scores = { dimension, factors: 2, deviation: 1 } as const;
  const ensemble = simplexAttention({ tokens: n, scores, beta, samples: 2000, seed: `${seed}, scores` });
  const curve = simplexCurve({ ensemble, dimension, start: 0, horizon: time, steps: 20 });
  const layers = time / (eta * eta);
  const values = measureOverlaps({
    tokens: n,
    dimension,
    beta,
    headsPerLayer: 1,
    eta,
    layers,
    paths,
    every: layers,
    seed,
  });
  const { mean, standardError } = meanAndError(values.map((v) => square(v[1] - curve.gamma[20])));
  return { rms: Math.sqrt(mean), error: standardError / (2 * Math.sqrt(mean)) };
}

/** The overlap of one transformer stays within O(sqrt(T/d)) of the curve. */
function fluctuationClaim(size: "quick" | "full", seed: string): Claim {
  const dimensions = size === "full" ? [16, 32, 64, 128] : [16, 32, 64];
  const rows = dimensions.map((d) => distanceFromCurve(d, size === "full" ? 200 : 60, `${seed}, ${d}`));
  const fit = fitPower(
    dimensions,
    rows.map(({ rms }) => rms),
    rows.map(({ rms, error }) => error / rms),
  );
  const margin = size === "full" ? 0.15 : 0.3;
  return slopeNear(
    "n = 8, beta = 2, s = 1: slope in d of one transformer's distance from the simplex curve",
    fit,
    -0.5,
    margin,
  );
}

/** The simplex curve of arXiv:2604.01978 at finite d and in its limit, against layers of the transformer. */
export function* simplexClaims(size: "quick" | "full", seed = "simplex"): Generator<Claim> {
  yield* driftClaims(size, seed);
  yield limitClaim();
  yield fluctuationClaim(size, seed);
}
