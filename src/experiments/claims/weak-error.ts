import { fitPower } from "../../studies/regression.js";
import type { Model } from "../../types.js";
import { gaussianLimit, gaussianNodes, type PlaneGaussianHeads } from "../circle-pair/gaussian-heads.js";
import { chainStep, type HeadNodes } from "../circle-pair/pair-chain.js";
import { diffusionStep } from "../circle-pair/pair-diffusion.js";
import { periodic, type Periodic } from "../circle-pair/periodic.js";
import { flowMeans, turningLimit, turningNodes, type TurningHeads } from "../circle-pair/turning-heads.js";
import { largestGap, pairMeans, type PairMeans } from "../circle-pair/twisted.js";
import { below, judge, type Claim } from "./claim.js";

/** How finely expectations are integrated: nodes on the circle of relative angles, nodes an entry of a head. */
export interface PairResolution {
  readonly angles: number;
  readonly entries: number;
}

export interface SlopeLevel {
  readonly eta: number;
  readonly alpha: number;
  readonly layers: number;
  /** Weak error, largest over all grid times. */
  readonly error: number;
  /** What a finer integration changes it by. */
  readonly numerical: number;
}

/** A fitted slope with the errors behind it. */
export interface SlopeClaim extends Claim {
  readonly levels: readonly SlopeLevel[];
}

/** The finer of the two is the value, their difference its error. */
export const RESOLUTIONS: readonly [PairResolution, PairResolution] = [
  { angles: 33, entries: 4 },
  { angles: 41, entries: 5 },
];

/** Distance of 95% slopes from their order. */
const MARGIN = 0.15;

/** Two tokens with a law with mean, b <> 0, attracted and turned. */
export const LAW: TurningHeads = { pull: 0.5, turn: 1, beta: 1 };
/** Angle between the tokens at the start. */
export const START = 2;
/** Layer time over which errors are measured. */
export const HORIZON = 1;

/** Depths L of the chains; eta = HORIZON / L. */
export const depths = (size: "quick" | "full"): readonly number[] =>
  size === "quick" ? [64, 128, 256, 512] : [64, 128, 256, 512, 1024];

export interface PairComparison {
  readonly heads: (eta: number, alpha: number, entries: number) => HeadNodes;
  readonly beta: number;
  /** The limit's means at the grid times; the chain's for the same numbers are what it is held against. */
  readonly limit: (
    eta: number,
    alpha: number,
    layers: number,
    grid: Periodic,
    at: Float64Array,
    entries: number,
  ) => PairMeans;
  readonly start: number;
}

/** Largest weak errors over the grid times for one chain. */
export function pairGap(
  { heads, beta, limit, start }: PairComparison,
  eta: number,
  alpha: number,
  layers: number,
  { angles, entries }: PairResolution,
): { overlap: number; position: number } {
  const grid = periodic(angles);
  const at = new Float64Array(angles);
  grid.basis(start, at);
  const chain = pairMeans(chainStep(heads(eta, alpha, entries), grid, eta, beta), grid.nodes, at, layers);
  return largestGap(chain, limit(eta, alpha, layers, grid, at, entries));
}

/** Means of a diffusion given as a model. */
export const diffusionMeans =
  (model: (eta: number, alpha: number, delta: number) => Model): PairComparison["limit"] =>
  (eta, alpha, layers, grid, at) =>
    pairMeans(
      diffusionStep((delta) => model(eta, alpha, delta), grid, eta),
      grid.nodes,
      at,
      layers,
    );

/**
 * The weak error sup_l |E phi(X_l) - E phi(chain_l)| at grid times against eta for phi the position of a token and the
 * overlap of the two: both sides integrated, no statistical error. The interval of the slope is Student's, from the
 * scatter about the line, widened by what the errors of integration can turn it.
 */
export function slopeClaims(
  label: string,
  comparison: PairComparison,
  layers: readonly number[],
  alphaOf: (eta: number) => number,
  slope: number,
  etaOf: (layers: number) => number = (L) => HORIZON / L,
  resolutions = RESOLUTIONS,
): Claim[] {
  const gaps = layers.map((L) => {
    const eta = etaOf(L);
    const [coarse, fine] = resolutions.map((r) => pairGap(comparison, eta, alphaOf(eta), L, r));
    return { eta, alpha: alphaOf(eta), layers: L, coarse, fine };
  });
  return (["position", "overlap"] as const).flatMap((phi) => {
    const levels = gaps.flatMap(({ eta, alpha, layers: L, coarse, fine }) =>
      fine[phi] > NOTHING
        ? [{ eta, alpha, layers: L, error: fine[phi], numerical: Math.abs(fine[phi] - coarse[phi]) }]
        : [],
    );
    return levels.length < 3 ? [] : judgeSlope(`${label}, ${phi}`, levels, slope);
  });
}

/** Rounding; a mean that symmetry keeps at zero on both sides. */
const NOTHING = 1e-11;

/** The claim about the slope, and that errors of integration stay below a third of the smallest bias. */
export function judgeSlope(
  label: string,
  levels: readonly SlopeLevel[],
  slope: number,
  variable = "eta",
): [SlopeClaim, Claim] {
  const logs = levels.map(({ eta }) => Math.log(eta));
  const fit = fitPower(
    levels.map(({ eta }) => eta),
    levels.map(({ error }) => error),
  );
  const centre = logs.reduce((s, v) => s + v, 0) / logs.length;
  const spread = logs.reduce((s, v) => s + (v - centre) ** 2, 0);
  const relative = levels.map(({ error, numerical }) => numerical / error);
  const turn = logs.reduce((s, v, i) => s + (Math.abs(v - centre) / spread) * relative[i], 0);
  const claim = judge(
    `${label}: slope in ${variable}`,
    fit.slope,
    [fit.interval[0] - turn, fit.interval[1] + turn],
    [slope - MARGIN, slope + MARGIN],
  );
  return [
    { ...claim, levels },
    below(`${label}: largest integration error / bias`, Math.max(...relative), 1 / 3),
  ];
}

/** The comparisons of theorem 1 for the law with mean, by the equation the chain is held against. */
export const comparisons = (law: TurningHeads = LAW, start = START) => {
  const base = {
    heads: (eta: number, alpha: number, entries: number) => turningNodes(law, eta, alpha, entries),
    beta: law.beta,
    start,
  };
  return {
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
export function weakErrorClaims(size: "quick" | "full"): Claim[] {
  const layers = depths(size);
  const { sde, correctedSde } = comparisons();
  const fixed = (): number => 0.5;
  const equal = (eta: number): number => eta;
  // t = T/alpha with alpha = eta sigma^2, H = 1: L = T / (eta alpha) layers.
  const sigma2 = GAUSSIAN.sigmaV ** 2;
  return [
    ...slopeClaims("chain against the SDE, drift b, alpha = 1/2", sde, layers, fixed, 1),
    ...slopeClaims("chain against the SDE, drift b, alpha = eta", sde, layers, equal, 1),
    ...slopeClaims("chain against the corrected SDE, alpha = 1/2", correctedSde, layers, fixed, 1),
    ...slopeClaims("chain against the corrected SDE, alpha = eta", correctedSde, layers, equal, 2),
    ...slopeClaims(
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
    ),
  ];
}
