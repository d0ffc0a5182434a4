import { regime } from "../../studies/regime.js";
import { chainStep } from "../../exact/circle-pair/pair-chain.js";
import { diffusionStep } from "../../exact/circle-pair/pair-diffusion.js";
import { periodic } from "../../exact/circle-pair/periodic.js";
import {
  flowMeans,
  restMeans,
  turningLimit,
  turningNodes,
  type TurningHeads,
} from "../../exact/circle-pair/turning-heads.js";
import { largestGap, pairMeans, type PairMeans } from "../../exact/circle-pair/twisted.js";

/** The four limits, weakest first. */
export const LIMITS = ["static", "ODE I", "ODE II", "SDE"] as const;
export type Limit = (typeof LIMITS)[number];

/** A token's mean position is what noise and step move first: weak pull, so that the pair stays open for long. */
export const LAW: TurningHeads = { pull: 0.3, turn: 1, beta: 2 };
export const START = 1;
export const DEPTH = 256;
/** What counts as o(1) and as O(1) in the regions, as in `regime` unless told otherwise. */
export const SMALL = 0.1;
export const BOUNDED = 10;

/** Weak errors of all limits at one (eta, alpha). */
export interface Cell {
  readonly eta: number;
  readonly alpha: number;
  readonly errors: Readonly<Record<Limit, number>>;
  /** The region it lies in. */
  readonly region: Limit | "outside";
  /** What a coarser integration changes the error of the region's limit by; of the SDE's outside. */
  readonly numerical: number;
}

/** The deterministic limits: they do not know alpha. */
export type Flows = Readonly<Record<Exclude<Limit, "SDE">, PairMeans>>;

export const flowsAt = (eta: number): Flows => ({
  static: restMeans(START, DEPTH),
  "ODE I": flowMeans(LAW, START, eta, 0, DEPTH),
  "ODE II": flowMeans(LAW, START, eta, eta, DEPTH),
});

/**
 * The largest distance, over all layers, of the chain's mean position of a token and mean overlap of the pair from the
 * limit's. Chain and SDE are integrated on `angles` relative angles, heads with `entries` nodes a Gaussian number.
 */
export function weakErrors(
  eta: number,
  alpha: number,
  angles: number,
  entries: number,
  flows: Flows = flowsAt(eta),
): Readonly<Record<Limit, number>> {
  const grid = periodic(angles);
  const at = new Float64Array(angles);
  grid.basis(START, at);
  const means = (step: ReturnType<typeof chainStep>): PairMeans => pairMeans(step, grid.nodes, at, DEPTH);
  const chain = means(chainStep(turningNodes(LAW, eta, alpha, entries), grid, eta, LAW.beta));
  const model = turningLimit(LAW, eta, alpha, eta);
  const error = (limit: PairMeans): number => {
    const { overlap, position } = largestGap(chain, limit);
    return Math.max(overlap, position);
  };
  return {
    static: error(flows.static),
    "ODE I": error(flows["ODE I"]),
    "ODE II": error(flows["ODE II"]),
    SDE: error(means(diffusionStep(() => model, grid, eta))),
  };
}

/** Nodes a Gaussian number: the wider one layer's noise (variance eta alpha), the more. */
const nodesFor = (variance: number): number =>
  variance < 1e-4 ? 3 : variance < 0.01 ? 4 : variance < 0.1 ? 5 : 7;

/** A layer whose noise is wider than this is not integrated. */
export const WIDEST = 1;

export function cellAt(eta: number, alpha: number, flows: Flows = flowsAt(eta)): Cell | null {
  const variance = eta * alpha;
  if (variance > WIDEST) return null;
  const entries = nodesFor(variance);
  const angles = anglesFor(eta, alpha);
  const fine = weakErrors(eta, alpha, angles, entries, flows);
  const coarse = weakErrors(eta, alpha, angles - 8, entries - 1, flows);
  const region = named(eta, alpha);
  const limit = region === "outside" ? "SDE" : region;
  return { eta, alpha, errors: fine, region, numerical: Math.abs(fine[limit] - coarse[limit]) };
}

/**
 * Relative angles: over a long time without much noise pairs that stay apart are parted sharply from those that meet. Where
 * no limit is claimed the plain number does.
 */
const anglesFor = (eta: number, alpha: number): number =>
  eta * DEPTH > 6 && eta * DEPTH < 20 && alpha < 0.05 ? 97 : 41;

const named = (eta: number, alpha: number): Limit | "outside" =>
  regime({
    eta,
    heads: 1,
    layers: DEPTH,
    law: { sigma2: alpha / eta, centred: false },
    small: SMALL,
    bounded: BOUNDED,
  }).name;
