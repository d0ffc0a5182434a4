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
import { each, lazily, numbered, madeOf, type Parts } from "./parts.js";
import type { Rows } from "./rows.js";

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

export function panelParts(panel: Panel, seed: string): Parts<PanelData> {
  const { tokens, beta, dimension: d, horizon, layers, seeds, sums } = panel;
  const initial = uniformLaw(d);
  const source = stream(`${seed}/${tokens}`, "initial");
  const common = () => ({
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
  });
  const chain = lazily((): Evolution =>
    sums === "direct" ? transformer(common()) : smallBetaTransformer(common()),
  );
  const times = timesOf(horizon, layers);
  const rowsOf = (kind: string, path: number | null, overlaps: Float64Array): Rows => [
    "overlaps",
    Array.from(times, (time, l) => ({ kind, tokens, beta, path, time, overlap: overlaps[l] })),
  ];
  const paths = each(
    numbered(seeds),
    (path, onLayer) => {
      const evolution = chain();
      const overlaps = alongLayers(evolution, path, { layers, every: 1, observe: meanOverlap, onLayer });
      return { overlaps, remainder: Number(evolution.diagnostics().remainder ?? 0) };
    },
    { counts: layers, rows: ({ overlaps }, path) => [rowsOf("transformer", path, overlaps)] },
  );
  return madeOf(paths, (found, keep) => {
    const start = found.reduce((s, { overlaps }) => s + overlaps[0] / seeds, 0);
    const logistic = times.map((t) => logisticOverlap(start, t));
    keep(...rowsOf("logistic", null, logistic));
    return {
      ...panel,
      times,
      overlaps: found.map(({ overlaps }) => overlaps),
      logistic,
      remainder: Math.max(...found.map(({ remainder }) => remainder)),
    };
  });
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
