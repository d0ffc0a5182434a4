import type { ScoreLaw } from "../../exact/overlap/frame-scores.js";
import { selfAttentionDrift, simplexDrift } from "../../exact/overlap/overlap-curves.js";
import { simplexAttention } from "../../exact/overlap/simplex-attention.js";
import { gaussLegendre } from "../../numerics/gauss-legendre.js";
import { fitPower } from "../../studies/regression.js";
import { meanAndError } from "../../studies/statistics.js";
import { below, judge, slopeNear, withinErrors, type Claim } from "../../studies/claim.js";
import { measureOverlaps } from "./simplex-transformer.js";

/** The overlap at which tokens count as collapsed. */
export const COLLAPSED = 0.9;

const NODES = 32;
const BATCHES = 10;

export interface Collapse {
  /** n */
  readonly tokens: number;
  /** d of the drift and of the scores; Infinity for the limit. */
  readonly dimension: number;
  readonly beta: number;
  /** Standard deviation of <Ax, y>; 1 unless given, so that beta is that of the attention scores. */
  readonly deviation?: number;
  /** Independent key matrices. */
  readonly samples: number;
  readonly seed: string;
  readonly threshold?: number;
}

export interface CollapseTime {
  /** Infinite when the overlap stops short of the threshold. */
  readonly time: number;
  readonly standardError: number;
}

/** int_0^threshold d gamma / F(gamma), by Gauss–Legendre in log(gamma + 1/n), where 1/F is smooth. */
export function timeToReach(F: (gamma: number) => number, tokens: number, threshold = COLLAPSED): number {
  const { nodes, weights } = gaussLegendre(NODES);
  const [from, to] = [Math.log(1 / tokens), Math.log(threshold + 1 / tokens)];
  let time = 0;
  for (let k = 0; k < NODES; k++) {
    const shifted = Math.exp(from + 0.5 * (to - from) * (1 + nodes[k]));
    const drift = F(shifted - 1 / tokens);
    if (!(drift > 0)) return Infinity;
    time += (0.5 * (to - from) * weights[k] * shifted) / drift;
  }
  return time;
}

/**
 * Time s = eta^2 l/H at which the simplex curve under random heads, started from orthogonal tokens, reaches the threshold.
 * The standard error is the spread over ten groups of key matrices.
 */
export function collapseTime(options: Collapse): CollapseTime {
  const { tokens, dimension, beta, deviation = 1, samples, seed, threshold } = options;
  const scores: ScoreLaw = { dimension, factors: 2, deviation };
  const ensemble = simplexAttention({ tokens, scores, beta, samples: beta === 0 ? BATCHES : samples, seed });
  const fg = new Float64Array(2);
  // f and g at every node and group, once.
  const edge = (b: number): number => Math.floor((b * ensemble.samples) / BATCHES);
  const groups = Array.from({ length: BATCHES }, () => new Map<number, readonly [number, number]>());
  const moments = (gamma: number, group: number): readonly [number, number] => {
    let known = groups[group].get(gamma);
    if (!known) {
      ensemble.moments(gamma, edge(group), edge(group + 1), fg);
      known = [fg[0], fg[1]];
      groups[group].set(gamma, known);
    }
    return known;
  };
  const without = (left: number): number =>
    timeToReach(
      (gamma) => {
        let [f, g, count] = [0, 0, 0];
        for (let b = 0; b < BATCHES; b++) {
          if (b === left) continue;
          const size = edge(b + 1) - edge(b);
          const [fb, gb] = moments(gamma, b);
          f += size * fb;
          g += size * gb;
          count += size;
        }
        return simplexDrift(dimension, gamma, f / count, g / count);
      },
      tokens,
      threshold,
    );
  const time = without(-1);
  // Jackknife over the groups.
  let squares = 0;
  for (let b = 0; b < BATCHES; b++) squares += (without(b) - time) ** 2;
  return { time, standardError: Number.isFinite(time) ? Math.sqrt(((BATCHES - 1) / BATCHES) * squares) : 0 };
}

/** The same under deterministic self-attention, V = A = I (arXiv:2312.10794), in its own time. */
export const selfAttentionCollapse = (tokens: number, beta: number): number =>
  timeToReach((gamma) => selfAttentionDrift(tokens, beta, gamma), tokens);

/** d = Infinity, beta = 0 in closed form: the mean overlap is logistic from 1/n. */
export function logisticCollapse(tokens: number, threshold = COLLAPSED): number {
  const logit = (u: number): number => Math.log(u / (1 - u));
  return logit((1 + (tokens - 1) * threshold) / tokens) - logit(1 / tokens);
}

export interface CollapseRow extends CollapseTime {
  readonly dimension: number;
  readonly tokens: number;
  readonly beta: number;
}

/** The table: every combination of d, n and beta that a simplex allows (n <= d). */
export function collapseTable(
  dimensions: readonly number[],
  tokens: readonly number[],
  betas: readonly number[],
  samples: number,
  seed: string,
): CollapseRow[] {
  return dimensions.flatMap((dimension) =>
    tokens
      .filter((n) => n <= dimension)
      .flatMap((n) =>
        betas.map((beta) => ({
          dimension,
          tokens: n,
          beta,
          ...collapseTime({ tokens: n, dimension, beta, samples, seed }),
        })),
      ),
  );
}

/** Rows of the table as claims: the logistic time and a share of order 1/d at beta = 0, later at larger beta, within a factor. */
function rowClaims(samples: number, seed: string): Claim[] {
  return collapseTable([32, 128], [8, 32], [0, 4, 16], samples, seed).map((row) => {
    const { dimension, tokens, beta, time, standardError } = row;
    const limit = logisticCollapse(tokens);
    return judge(
      `time to overlap ${COLLAPSED}, d = ${dimension}, n = ${tokens}, beta = ${beta}`,
      time,
      [time - 2 * standardError, time + 2 * standardError],
      beta === 0 ? [limit, limit * (1 + 4 / dimension)] : [limit * (1 + 4 / dimension), 3 * limit],
    );
  });
}

function ratio(claim: string, a: CollapseTime, b: CollapseTime, wanted: readonly [number, number]): Claim {
  const value = a.time / b.time;
  const reach = 2 * value * Math.hypot(a.standardError / a.time, b.standardError / b.time);
  return judge(claim, value, [value - reach, value + reach], wanted);
}

/** When clustering sets in, and what mitigates it: the collapse time against n, d, beta, and the heads. */
export function collapseClaims(size: "quick" | "full", seed = "collapse"): Claim[] {
  const samples = size === "full" ? 2000 : 100;
  const at = (tokens: number, dimension: number, beta: number): CollapseTime =>
    collapseTime({ tokens, dimension, beta, samples, seed: `${seed}, ${tokens}, ${beta}` });
  const numbers = [8, 32, 128];
  const worst = Math.max(...numbers.map((n) => Math.abs(at(n, Infinity, 0).time - logisticCollapse(n))));
  const dimensions = [64, 128, 256, 512];
  const excess = dimensions.map((d) => at(16, d, 0).time - logisticCollapse(16));
  const [none, some, hot] = [0, 4, 8].map((beta) => at(32, 128, beta));
  const self = { time: selfAttentionCollapse(32, 8), standardError: 0 };
  return [
    below(
      "collapse time, beta = 0, d = infinity, n = 8, 32, 128: largest error against the logistic",
      worst,
      1e-6,
    ),
    ...rowClaims(samples, seed),
    slopeNear(
      "collapse time, beta = 0, n = 16: slope in d of its excess over d = infinity",
      fitPower(dimensions, excess),
      -1,
      0.15,
    ),
    ratio("collapse time, n = 32, d = 128: beta = 4 over beta = 0", some, none, [1, Infinity]),
    ratio("collapse time, n = 32, d = 128: beta = 8 over beta = 4", hot, some, [1, Infinity]),
    ratio("collapse time, n = 32, beta = 8: self-attention over random heads", self, hot, [5, Infinity]),
    ...depthClaims(size, seed),
  ];
}

/** Depth to collapse is time * H / eta^2: transformers with different heads and steps, at the time the curve predicts. */
function depthClaims(size: "quick" | "full", seed: string): Claim[] {
  const [n, d, beta] = [6, 16, 2];
  const time = 2;
  const paths = size === "full" ? 1000 : 80;
  const runs = [
    [1, 1 / 4],
    [1, 1 / 8],
    [4, 1 / 4],
    [4, 1 / 2],
  ].map(([headsPerLayer, eta]) => {
    const layers = Math.round((time * headsPerLayer) / (eta * eta));
    const mean = measureOverlaps({
      tokens: n,
      dimension: d,
      beta,
      headsPerLayer,
      eta,
      layers,
      paths,
      every: layers,
      seed: `${seed}, ${headsPerLayer}`,
    });
    return { headsPerLayer, eta, layers, ...meanAndError(mean.map((values) => values[values.length - 1])) };
  });
  const [first, ...others] = runs;
  return others.map((run) =>
    withinErrors(
      `mean overlap at equal eta^2 l/H: H = ${run.headsPerLayer}, eta = ${run.eta}, ${run.layers} layers: ${run.mean.toFixed(4)}; H = 1, eta = ${first.eta}, ${first.layers} layers: ${first.mean.toFixed(4)}`,
      run.mean - first.mean,
      Math.hypot(run.standardError, first.standardError),
    ),
  );
}
