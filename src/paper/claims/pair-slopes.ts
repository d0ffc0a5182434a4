import type { LayerStep } from "../../models/attention/corrector.js";
import { fitPower } from "../../studies/regression.js";
import type { Model } from "../../types.js";
import { chainStep, type HeadNodes } from "../../exact/circle-pair/pair-chain.js";
import { diffusionStep } from "../../exact/circle-pair/pair-diffusion.js";
import { periodic, type Periodic } from "../../exact/circle-pair/periodic.js";
import { largestGap, pairMeans, type PairMeans } from "../../exact/circle-pair/twisted.js";
import { log } from "../../numerics/log.js";
import { log1p } from "../../numerics/log1p.js";
import { square } from "../../numerics/square.js";
import { below, slopeNear, type Claim } from "../../studies/claim.js";

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
  /** How the chain returns to the circle; "ambient" unless given. */
  readonly layerStep?: LayerStep;
}

/** Largest weak errors over the grid times for one chain. */
export function pairGap(
  { heads, beta, limit, start, layerStep }: PairComparison,
  eta: number,
  alpha: number,
  layers: number,
  { angles, entries }: PairResolution,
): { overlap: number; position: number } {
  const grid = periodic(angles);
  const at = new Float64Array(angles);
  grid.basis(start, at);
  const step = chainStep(heads(eta, alpha, entries), grid, eta, beta, layerStep);
  const chain = pairMeans(step, grid.nodes, at, layers);
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
    const levels = gaps.map(({ eta, alpha, layers: L, coarse, fine }) => ({
      eta,
      alpha,
      layers: L,
      error: fine[phi],
      numerical: Math.abs(fine[phi] - coarse[phi]),
    }));
    return judgeSlope(`${label}, ${phi}`, levels, slope);
  });
}

/** The claim about the slope, and that errors of integration stay below a third of the smallest bias. */
export function judgeSlope(
  label: string,
  levels: readonly SlopeLevel[],
  slope: number,
  variable = "eta",
): [SlopeClaim, Claim] {
  const logs = levels.map(({ eta }) => log(eta));
  const fit = fitPower(
    levels.map(({ eta }) => eta),
    levels.map(({ error }) => error),
  );
  const centre = logs.reduce((s, v) => s + v, 0) / logs.length;
  const spread = logs.reduce((s, v) => s + square(v - centre), 0);
  const relative = levels.map(({ error, numerical }) => numerical / error);
  const turn = logs.reduce(
    (s, v, i) => s + (Math.abs(v - centre) / spread) * -log1p(-Math.min(0.999, relative[i])),
    0,
  );
  const claim = slopeNear(
    `${label}: slope in ${variable}`,
    { slope: fit.slope, interval: [fit.interval[0] - turn, fit.interval[1] + turn] },
    slope,
    MARGIN,
  );
  return [
    { ...claim, levels },
    below(`${label}: largest integration error / bias`, Math.max(...relative), 1 / 3),
  ];
}
