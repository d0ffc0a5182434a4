import { normalProduct } from "../../exact/circle-pair/normal-product.js";
import { gaussianScores } from "../../exact/overlap/frame-scores.js";
import { overlapDrift } from "../../exact/overlap/overlap-drift.js";
import { pairOverlap } from "../../exact/overlap/token-pair.js";
import { directBarycentres } from "../../models/attention/direct-barycentres.js";
import { gaussianHeads, type HeadLaw } from "../../models/heads/gaussian-heads.js";
import { stream } from "../../noise/stream.js";
import { wrap } from "../../sphere/measure.js";
import { normalize } from "../../sphere/retract.js";
import { meanAndError } from "../../studies/statistics.js";
import type { Measure } from "../../types.js";
import { noiseless } from "../../../solvers/noiseless.js";
import { transformer } from "../../../solvers/transformer.js";
import { hypot } from "../../numerics/hypot.js";
import type { Estimate } from "./estimate.js";

/** n tokens leaning to the first axis, so that their overlaps differ and are not small. */
export function leaningTokens(n: number, d: number, seed: string): Measure {
  const points = new Float64Array(n * d);
  stream(seed, "tokens").normals(0, 0, points);
  for (let o = 0; o < n * d; o += d) points[o] += Math.sqrt(d);
  normalize(points, d);
  return wrap(points, d);
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
export function layerDrift({ law, beta, sigmaA, eta, seed }: OneLayer, pairs: number): Estimate {
  const d = law.dimension;
  const heads = antithetic(gaussianHeads({ dimension: d, sigmaV: 1 / Math.sqrt(d), sigmaA, seed }));
  const evolution = transformer({ heads, headsPerLayer: 1, eta, beta, initial: law });
  const R = pairOverlap(law);
  const move = (path: number): number => {
    evolution.reset(path);
    evolution.advance(noiseless(path, 0));
    return pairOverlap(evolution.law) - R;
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
  const entries = normalProduct(nodes, 4);
  const V = new Float64Array(4);
  const R = pairOverlap(law);
  let sum = 0;
  for (let q = 0; q < entries.size; q++) {
    for (let e = 0; e < 4; e++) V[e] = Math.SQRT1_2 * entries.node(q, e);
    const [p, r] = [0, 2].map((o) => {
      const a = x[o] + eta * (V[0] * m[o] + V[1] * m[o + 1]);
      const b = x[o + 1] + eta * (V[2] * m[o] + V[3] * m[o + 1]);
      return [a, b, hypot(a, b)];
    });
    sum += entries.weight(q) * ((p[0] * r[0] + p[1] * r[1]) / (p[2] * r[2]) - R);
  }
  return sum / (eta * eta);
}

/** D_12 by its formula, for the same tokens and head law. */
export function formulaDrift({ law, beta, sigmaA, seed }: OneLayer, samples: number): Estimate {
  const { drift, driftError } = overlapDrift({
    law,
    beta,
    scores: gaussianScores(law.dimension, sigmaA),
    samples,
    seed: `${seed}, formula`,
  });
  return { mean: drift[1], standardError: driftError[1] };
}
