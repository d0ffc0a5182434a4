import {
  gaussianLimit,
  gaussianNodes,
  type PlaneGaussianHeads,
} from "../../exact/circle-pair/gaussian-heads.js";
import { diffusionStep } from "../../exact/circle-pair/pair-diffusion.js";
import {
  flowMeans,
  turnedSigns,
  turningLimit,
  turningNodes,
  type TurningHeads,
} from "../../exact/circle-pair/turning-heads.js";
import { pairMeans } from "../../exact/circle-pair/twisted.js";
import { square } from "../../numerics/square.js";
import type { Claim } from "../../studies/claim.js";
import { depths, diffusionMeans, slopeClaims, type PairComparison } from "./pair-slopes.js";

/** Two tokens with a law with mean, b <> 0, attracted and turned. */
export const LAW: TurningHeads = { pull: 0.5, turn: 1, beta: 1 };
/** Angle between the tokens at the start. */
export const START = 2;
/** The comparisons of theorem 1 for the law with mean, by the equation the chain is held against. */
export const comparisons = (law: TurningHeads = LAW, start = START) => {
  const base = {
    heads: (eta: number, alpha: number, entries: number) => turningNodes(law, eta, alpha, entries),
    beta: law.beta,
    start,
  };
  const tangent = diffusionMeans((eta, alpha) => turningLimit(law, eta, alpha, eta, "tangent"));
  return {
    /** Ambient layers against the corrector of tangent ones, and tangent layers against their own. */
    mismatched: { ...base, limit: tangent },
    tangent: { ...base, limit: tangent, layerStep: "tangent" },
    /** Heads whose V is a randomly turned matrix of signs: the same mean and covariance, so the same limit. */
    signs: {
      ...base,
      heads: (eta, alpha, entries) => turnedSigns(law, eta, alpha, 4 * entries),
      limit: diffusionMeans((eta, alpha) => turningLimit(law, eta, alpha, eta)),
    },
    sde: { ...base, limit: diffusionMeans((eta, alpha) => turningLimit(law, eta, alpha, 0)) },
    correctedSde: { ...base, limit: diffusionMeans((eta, alpha) => turningLimit(law, eta, alpha, eta)) },
    odeI: { ...base, limit: (eta, _a, layers) => flowMeans(law, start, eta, 0, layers) },
    odeII: { ...base, limit: (eta, _a, layers) => flowMeans(law, start, eta, eta, layers) },
  } satisfies Record<string, PairComparison>;
};

/** Gaussian heads (G) in the plane, on their diffusive clock. */
export const GAUSSIAN: PlaneGaussianHeads = { sigmaV: Math.SQRT1_2, sigmaA: Math.SQRT1_2, beta: 1 };

/** The comparison of (G) with its equation; the drift vanishes, so one step of the clock is eta^2/H alone. */
export const gaussianComparison = (law: PlaneGaussianHeads = GAUSSIAN): PairComparison => ({
  heads: (_eta, _alpha, entries) => gaussianNodes(law, entries),
  beta: law.beta,
  start: START,
  limit: (eta, _alpha, layers, grid, at, entries) =>
    pairMeans(
      diffusionStep((delta) => gaussianLimit(law, eta, delta, entries), grid, eta),
      grid.nodes,
      at,
      layers,
    ),
});

/**
 * Weak error of the random transformer against its limits (arXiv:2604.01978, theorem 1), at grid times: order one with the
 * drift b alone, factor max(eta, alpha) with the corrected drift; and Gaussian heads until times of order 1/alpha.
 */
export function* weakErrorClaims(size: "quick" | "full"): Generator<Claim> {
  const layers = depths(size);
  const { sde, correctedSde, tangent, mismatched, signs } = comparisons();
  const fixed = (): number => 0.5;
  const equal = (eta: number): number => eta;
  // t = T/alpha with alpha = eta sigma^2, H = 1: L = T / (eta alpha) layers.
  const sigma2 = square(GAUSSIAN.sigmaV);
  yield* slopeClaims("chain against the SDE, drift b, alpha = 1/2", sde, layers, fixed, 1);
  yield* slopeClaims("chain against the SDE, drift b, alpha = eta", sde, layers, equal, 1);
  yield* slopeClaims("chain against the corrected SDE, alpha = 1/2", correctedSde, layers, fixed, 1);
  yield* slopeClaims("chain against the corrected SDE, alpha = eta", correctedSde, layers, equal, 2);
  yield* slopeClaims(
    "tangent layers against the SDE with -(eta/2) nabla_b b, alpha = eta",
    tangent,
    layers,
    equal,
    2,
  );
  yield* slopeClaims("ambient layers against that SDE, alpha = eta", mismatched, layers, equal, 1);
  yield* slopeClaims("turned sign matrices against the corrected SDE, alpha = 1/2", signs, layers, fixed, 1);
  yield* slopeClaims("turned sign matrices against the corrected SDE, alpha = eta", signs, layers, equal, 2);
  yield* slopeClaims(
    "Gaussian heads until t = 1/alpha, alpha = eta/2",
    gaussianComparison(),
    [128, 256, 512, 1024],
    (eta) => eta * sigma2,
    2,
    (L) => Math.sqrt(1 / (L * sigma2)),
    [
      { angles: 25, entries: 3 },
      { angles: 31, entries: 4 },
    ],
  );
}
