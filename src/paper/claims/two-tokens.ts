import { independentHeads } from "../../models/heads/independent-heads.js";
import { pairOverlap, placePair } from "../../exact/overlap/token-pair.js";
import { chainMoments, resolutions, type TwoTokens } from "../../exact/overlap/two-token-chain.js";
import { twoTokenMoments } from "../../exact/overlap/two-token-overlap.js";
import { wrap } from "../../sphere/measure.js";
import { meanAndError } from "../../studies/statistics.js";
import { transformer } from "../../../solvers/transformer.js";
import { square } from "../../numerics/square.js";
import { judge, withinErrors, type Claim } from "../../studies/claim.js";
import { alongLayers } from "./along-layers.js";
import type { Estimate } from "./estimate.js";
import { judgeSlope, type SlopeLevel } from "./pair-slopes.js";

export const CASES: readonly TwoTokens[] = [
  { dimension: 2, start: 0.3, time: 1 },
  { dimension: 3, start: 0.2, time: 1 },
  { dimension: 8, start: 0, time: 2 },
  { dimension: 64, start: 0, time: 2 },
];

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
): { first: Estimate; second: Estimate } {
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
  const ends = { layers, every: layers, observe: pairOverlap };
  const R = Float64Array.from({ length: paths }, (_, path) => alongLayers(chain, path, ends)[1]);
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
  if (d === 64) return { layers: 256 * twice, headsPerLayer: 1, paths: 40 * square(twice) };
  return { layers: 128 * twice, headsPerLayer: 2, paths: (d === 8 ? 500 : 2000) * square(twice) };
}

/** Two tokens of the random transformer at beta = 0 against the exact law of their overlap (arXiv:2604.01978). */
export function* twoTokenClaims(size: "quick" | "full", seed = "two tokens"): Generator<Claim> {
  const paths = size === "full" ? 160000 : 40000;
  for (const tokens of CASES) {
    yield* momentClaims(tokens, { ...effort(tokens.dimension, size), seed });
    yield* biasClaims(tokens);
    if (tokens.dimension <= 3) yield* visibleBiasClaims(tokens, { layers: 8, headsPerLayer: 2, paths, seed });
  }
}
