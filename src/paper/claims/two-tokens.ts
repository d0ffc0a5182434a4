import type { HeadLaw } from "../../models/heads/gaussian-heads.js";
import { independentHeads } from "../../models/heads/independent-heads.js";
import { twoTokenMoments } from "../../exact/overlap/two-token-overlap.js";
import { overlap } from "../../observables/overlap.js";
import { wrap } from "../../sphere/measure.js";
import { meanAndError } from "../../studies/statistics.js";
import { transformer } from "../../../solvers/transformer.js";
import { chebyshev } from "../../numerics/chebyshev.js";
import { chiSquareQuadrature } from "../../numerics/gauss-laguerre.js";
import { judge, withinErrors, type Claim } from "../../studies/claim.js";
import { normalQuadrature } from "../../numerics/gauss-hermite.js";
import { placePair } from "../../exact/overlap/overlap-chain.js";
import { judgeSlope, type SlopeLevel } from "./pair-slopes.js";

/** Two tokens of Gaussian heads at beta = 0, sigma_V^2 = 1/d: overlap at the start and time on the diffusive clock. */
export interface TwoTokens {
  readonly dimension: number;
  readonly start: number;
  readonly time: number;
}

export const CASES: readonly TwoTokens[] = [
  { dimension: 2, start: 0.3, time: 1 },
  { dimension: 3, start: 0.2, time: 1 },
  { dimension: 8, start: 0, time: 2 },
  { dimension: 64, start: 0, time: 2 },
];

/** How finely a layer is integrated: nodes a Gaussian number, degree of the polynomials in the overlap. */
interface Resolution {
  readonly nodes: number;
  readonly degree: number;
}

/** In high dimension every Gaussian number matters less. The finer one is the value, their difference its error. */
const resolutions = (d: number): readonly [Resolution, Resolution] =>
  d < 8
    ? [
        { nodes: 6, degree: 24 },
        { nodes: 8, degree: 32 },
      ]
    : [
        { nodes: 4, degree: 18 },
        { nodes: 5, degree: 24 },
      ];

/**
 * E R and E R^2 after `layers` layers of the transformer itself with eta^2/H = time / layers, no statistical error. At
 * beta = 0 a layer adds (eta/H) sum_h V_h xbar to both tokens, and with xbar along the first axis only the first column
 * of the sum counts: two Gaussian entries in the tokens' plane and one length, of a chi-square variable, across it. They
 * are integrated by quadrature from every Chebyshev point in R; H heads of variance 1/d are one of variance 1/(dH).
 */
export function chainMoments(
  { dimension: d, start, time }: TwoTokens,
  layers: number,
  { nodes, degree }: Resolution = resolutions(d)[1],
): { first: number; second: number } {
  const normal = normalQuadrature(nodes);
  const across = d > 2 ? chiSquareQuadrature(d - 2, nodes) : { nodes: [0], weights: [1] };
  const column = new Float64Array(Math.min(d, 3));
  const law: HeadLaw = {
    name: "quadrature",
    dimension: d,
    sample(_path, _layer, _head, V) {
      V.fill(0);
      column.forEach((v, a) => (V[a * d] = v / Math.sqrt(d)));
    },
  };
  const chain = transformer({
    heads: law,
    headsPerLayer: 1,
    eta: Math.sqrt(time / layers),
    beta: 0,
    initial: wrap(new Float64Array(2 * d).fill(Math.sqrt(1 / d)), d),
  });
  const interval = { path: 0, step: 0, time: 0, dt: 1, dW: new Float64Array(0), area: null };
  const { points, basis } = chebyshev(degree);
  const n = points.length;
  const row = new Float64Array(n);
  const matrix = new Float64Array(n * n);
  points.forEach((R, i) => {
    for (let p = 0; p < nodes; p++) {
      for (let q = 0; q < nodes; q++) {
        for (let r = 0; r < across.nodes.length; r++) {
          column[0] = normal.nodes[p];
          column[1] = normal.nodes[q];
          if (d > 2) column[2] = Math.sqrt(across.nodes[r]);
          placePair(R, chain.law);
          chain.advance(interval);
          basis(pairOverlap(chain.law), row);
          const w = normal.weights[p] * normal.weights[q] * across.weights[r];
          for (let j = 0; j < n; j++) matrix[i * n + j] += w * row[j];
        }
      }
    }
  });
  const at = new Float64Array(n);
  basis(start, at);
  const mean = (f: (R: number) => number): number => {
    let values: Float64Array = points.map(f);
    for (let l = 0; l < layers; l++) {
      const old = values;
      values = old.map((_, i) => old.reduce((s, v, j) => s + matrix[i * n + j] * v, 0));
    }
    return values.reduce((s, v, j) => s + at[j] * v, 0);
  };
  return { first: mean((R) => R), second: mean((R) => R * R) };
}

const pairOverlap = overlap(0, 1);

/** The bias of E R^2, chain minus diffusion, against eta^2/H: order one. */
export function biasClaims(tokens: TwoTokens, layers: readonly number[] = [16, 32, 64, 128]): Claim[] {
  const exact = twoTokenMoments(tokens.dimension, tokens.start, tokens.time).second;
  const levels = layers.map((L): SlopeLevel => {
    const [coarse, fine] = resolutions(tokens.dimension).map(
      (r) => chainMoments(tokens, L, r).second - exact.value,
    );
    const numerical = Math.abs(fine - coarse) + exact.error;
    return { eta: tokens.time / L, alpha: 0, layers: L, error: Math.abs(fine), numerical };
  });
  return judgeSlope(`two tokens, d = ${tokens.dimension}: bias of E R^2`, levels, 1, "eta^2/H");
}

export interface TransformerSample {
  readonly layers: number;
  readonly headsPerLayer: number;
  readonly paths: number;
  readonly seed: string;
  /** sigma_V^2 d; one unless given. */
  readonly variance?: number;
}

/** R and R^2 of the random transformer with Gaussian heads, by Monte Carlo. */
export function sampleOverlap(
  { dimension: d, start, time }: TwoTokens,
  { layers, headsPerLayer: H, paths, seed, variance = 1 }: TransformerSample,
): { first: { mean: number; standardError: number }; second: { mean: number; standardError: number } } {
  const initial = wrap(new Float64Array(2 * d), d);
  placePair(start, initial);
  const chain = transformer({
    // At beta = 0 nobody sees A.
    heads: independentHeads({
      dimension: d,
      V: { sigma: Math.sqrt(variance / d) },
      A: { sigma: 0, factors: 1 },
      seed,
    }),
    headsPerLayer: H,
    eta: Math.sqrt((time * H) / layers),
    beta: 0,
    initial,
  });
  const none = new Float64Array(0);
  const R = Float64Array.from({ length: paths }, (_, path) => {
    chain.reset(path);
    for (let step = 0; step < layers; step++) {
      chain.advance({ path, step, time: 0, dt: time / layers, dW: none, area: null });
    }
    return pairOverlap(chain.law);
  });
  return { first: meanAndError(R), second: meanAndError(R.map((v) => v * v)) };
}

/**
 * The transformer's overlap at small eta^2/H against the exact moments of the diffusion, within four standard errors.
 * The bias of that many layers, known by quadrature, must be under a third of the standard error.
 */
export function momentClaims(tokens: TwoTokens, sample: TransformerSample): Claim[] {
  const exact = twoTokenMoments(tokens.dimension, tokens.start, tokens.time);
  const chain = chainMoments(tokens, sample.layers);
  const found = sampleOverlap(tokens, sample);
  return (["first", "second"] as const).flatMap((moment) => {
    const name = `two tokens, d = ${tokens.dimension}: E R${moment === "second" ? "^2" : ""}`;
    const { mean, standardError } = found[moment];
    const bias = Math.abs(chain[moment] - exact[moment].value) / standardError;
    return [
      withinErrors(`${name}, transformer - diffusion`, mean - exact[moment].value, standardError),
      judge(`${name}, bias of the layers (in standard errors)`, bias, [0, bias], [0, 1 / 3]),
    ];
  });
}

/** At large eta^2/H the bias stands out of the Monte Carlo error, and is the one the quadrature finds. */
export function visibleBiasClaims(tokens: TwoTokens, sample: TransformerSample): Claim[] {
  const exact = twoTokenMoments(tokens.dimension, tokens.start, tokens.time).second.value;
  const chain = chainMoments(tokens, sample.layers).second;
  const { mean, standardError } = sampleOverlap(tokens, sample).second;
  const name = `two tokens, d = ${tokens.dimension}, ${sample.layers} layers: E R^2`;
  const z = Math.abs(mean - exact) / standardError;
  return [
    withinErrors(`${name}, transformer - quadrature`, mean - chain, standardError),
    judge(`${name}, |transformer - diffusion| (in standard errors)`, z, [z, z], [4, Infinity]),
  ];
}

/** Paths and layers: fewer of both in high dimension, where a layer draws d^2 numbers and R varies less. */
function effort(d: number, size: "quick" | "full"): Omit<TransformerSample, "seed"> {
  // Twice the layers and four times the paths halve bias and standard error alike.
  const twice = size === "full" ? 2 : 1;
  if (d === 64) return { layers: 256 * twice, headsPerLayer: 1, paths: 40 * twice ** 2 };
  return { layers: 128 * twice, headsPerLayer: 2, paths: (d === 8 ? 500 : 2000) * twice ** 2 };
}

/** Two tokens of the random transformer at beta = 0 against the exact law of their overlap (arXiv:2604.01978). */
export function twoTokenClaims(size: "quick" | "full", seed = "two tokens"): Claim[] {
  return CASES.flatMap((tokens) => [
    ...momentClaims(tokens, { ...effort(tokens.dimension, size), seed }),
    ...biasClaims(tokens),
    ...(tokens.dimension <= 3
      ? visibleBiasClaims(tokens, {
          layers: 8,
          headsPerLayer: 2,
          paths: size === "full" ? 160000 : 40000,
          seed,
        })
      : []),
  ]);
}
