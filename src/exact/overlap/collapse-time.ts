import { exp } from "../../numerics/exp.js";
import { gaussLegendre } from "../../numerics/gauss-legendre.js";
import { log } from "../../numerics/log.js";
import { square } from "../../numerics/square.js";
import type { ScoreLaw } from "./frame-scores.js";
import { logOdds } from "./log-odds.js";
import { selfAttentionDrift, simplexDrift } from "./overlap-curves.js";
import { simplexAttention, type SimplexEnsemble } from "./simplex-attention.js";

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
  const [from, to] = [log(1 / tokens), log(threshold + 1 / tokens)];
  let time = 0;
  for (let k = 0; k < NODES; k++) {
    const shifted = exp(from + 0.5 * (to - from) * (1 + nodes[k]));
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
  const groups = groupedMoments(ensemble);
  const without = (left: number): number =>
    timeToReach(
      (gamma) => {
        const [f, g] = groups(gamma, left);
        return simplexDrift(dimension, gamma, f, g);
      },
      tokens,
      threshold,
    );
  const time = without(-1);
  // Jackknife over the groups.
  let squares = 0;
  for (let b = 0; b < BATCHES; b++) squares += square(without(b) - time);
  return { time, standardError: Number.isFinite(time) ? Math.sqrt(((BATCHES - 1) / BATCHES) * squares) : 0 };
}

/** f and g at gamma from all groups of samples but one (-1 for none); every group is asked once a gamma. */
function groupedMoments(
  ensemble: SimplexEnsemble,
): (gamma: number, left: number) => readonly [f: number, g: number] {
  const edge = (b: number): number => Math.floor((b * ensemble.samples) / BATCHES);
  const known = Array.from({ length: BATCHES }, () => new Map<number, readonly [number, number]>());
  const fg = new Float64Array(2);
  const momentsOf = (gamma: number, group: number): readonly [number, number] => {
    let pair = known[group].get(gamma);
    if (!pair) {
      ensemble.moments(gamma, edge(group), edge(group + 1), fg);
      pair = [fg[0], fg[1]];
      known[group].set(gamma, pair);
    }
    return pair;
  };
  return (gamma, left) => {
    let [f, g, count] = [0, 0, 0];
    for (let b = 0; b < BATCHES; b++) {
      if (b === left) continue;
      const size = edge(b + 1) - edge(b);
      const [fb, gb] = momentsOf(gamma, b);
      f += size * fb;
      g += size * gb;
      count += size;
    }
    return [f / count, g / count];
  };
}

/** The same under deterministic self-attention, V = A = I (arXiv:2312.10794), in its own time. */
export const selfAttentionCollapse = (tokens: number, beta: number): number =>
  timeToReach((gamma) => selfAttentionDrift(tokens, beta, gamma), tokens);

/** d = Infinity, beta = 0 in closed form: the mean overlap is logistic from 1/n. */
export function logisticCollapse(tokens: number, threshold = COLLAPSED): number {
  return logOdds((1 + (tokens - 1) * threshold) / tokens) - logOdds(1 / tokens);
}
