import { expectedDeviation, logOdds, logOddsSpread, type LogisticRun } from "../../exact/overlap/log-odds.js";
import { logisticOverlap, timesOf } from "../../exact/overlap/overlap-curves.js";
import { uniformLaw } from "../../laws/uniform.js";
import { gaussianHeads } from "../../models/heads/gaussian-heads.js";
import { stream } from "../../noise/stream.js";
import { meanOverlap } from "../../observables/mean-overlap.js";
import { below, withinErrors, type Claim } from "../../studies/claim.js";
import type { Evolution } from "../../types.js";
import { smallBetaTransformer } from "../../../solvers/small-beta-transformer.js";
import { transformer } from "../../../solvers/transformer.js";
import { alongLayers } from "../claims/along-layers.js";

/** One panel: a transformer at small beta, followed for several seeds. */
export interface Panel {
  readonly tokens: number;
  readonly beta: number;
  readonly dimension: number;
  /** Softmax by direct sums, or to first order in beta with its remainder bounded. */
  readonly sums: "direct" | "small beta";
  /** On the diffusive clock s = eta^2 l / H. */
  readonly horizon: number;
  readonly layers: number;
  readonly seeds: number;
}

/** Its logistic curve starts from the mean of the initial overlaps. */
export interface PanelData extends Panel, LogisticRun {
  /** Mean overlap, one series a seed. */
  readonly overlaps: readonly Float64Array[];
  /** Bound on the mean remainder of the barycentres over |ybar|; zero for direct sums. */
  readonly remainder: number;
}

/** Standard deviation of the entries of W and W' in A = W W'^T. */
export const SIGMA_A = 1;

/** Who hears of a panel while it is computed. */
export interface PanelHooks {
  readonly onLayer?: () => void;
  /** Called after every path, numbered from 0, with the mean overlap at these times. */
  readonly onPath?: (path: number, times: Float64Array, overlaps: Float64Array) => void;
}

export function computePanel(panel: Panel, seed: string, { onLayer, onPath }: PanelHooks = {}): PanelData {
  const { tokens, beta, dimension: d, horizon, layers, seeds, sums } = panel;
  const initial = uniformLaw(d);
  const source = stream(`${seed}/${tokens}`, "initial");
  const common = {
    heads: gaussianHeads({
      dimension: d,
      sigmaV: 1 / Math.sqrt(d),
      sigmaA: SIGMA_A,
      seed: `${seed}/${tokens}`,
    }),
    headsPerLayer: 1,
    eta: Math.sqrt(horizon / layers),
    beta,
    initial: (path: number) => initial.sample(tokens, source, path),
  };
  const evolution: Evolution = sums === "direct" ? transformer(common) : smallBetaTransformer(common);
  const records = { layers, every: 1, observe: meanOverlap, onLayer };
  const times = timesOf(horizon, layers);
  let remainder = 0;
  const overlaps = Array.from({ length: seeds }, (_, path) => {
    const u = alongLayers(evolution, path, records);
    remainder = Math.max(remainder, Number(evolution.diagnostics().remainder ?? 0));
    onPath?.(path, times, u);
    return u;
  });
  const start = overlaps.reduce((s, u) => s + u[0] / seeds, 0);
  return { ...panel, times, overlaps, logistic: times.map((t) => logisticOverlap(start, t)), remainder };
}

/** Log-odds of the overlap minus those of the logistic curve from the same start, one series a seed. */
export function deviations({ overlaps, times }: PanelData): Float64Array[] {
  return overlaps.map((u) => u.map((v, l) => logOdds(v) - logOdds(u[0]) - times[l]));
}

/**
 * Halfway, where the logistic curve passes 1/2: the mean log-odds over the seeds, with its drift of orders 1/d and
 * eta^2/H taken out, against zero in units of 2 (s/(d seeds))^{1/2}; and the spread over seeds against its own.
 */
export function panelClaims(data: PanelData): Claim[] {
  const { tokens, beta, dimension: d, seeds, times, logistic } = data;
  const half = logistic.findIndex((u) => u >= 0.5);
  const at = deviations(data).map((series) => series[half]);
  const expected = expectedDeviation(data)[half];
  const sigma = logOddsSpread(d, times[half]);
  const name = `n = ${tokens}, beta = ${beta}, d = ${d}`;
  const mean = at.reduce((s, v) => s + v / seeds, 0);
  const claims = [
    withinErrors(
      `${name}: mean log-odds where the logistic curve is 1/2`,
      mean - expected,
      sigma / Math.sqrt(seeds),
    ),
    below(
      `${name}: largest deviation of one seed there, over 2 (s/d)^{1/2}`,
      Math.max(...at.map((v) => Math.abs(v - expected))) / sigma,
      4,
    ),
  ];
  if (data.sums === "small beta") {
    claims.push(
      below(`${name}: bound on the mean remainder of the barycentres / |ybar|`, data.remainder, 0.05),
    );
  }
  return claims;
}
