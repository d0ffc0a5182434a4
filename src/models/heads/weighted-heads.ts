import { checkOptions, maybe } from "../../numerics/options.js";
import { square } from "../../numerics/square.js";
import { givenHeads } from "./given-heads.js";
import type { Head } from "./head.js";
import type { HeadLaw } from "./law.js";

export interface WeightedHeads {
  readonly dimension: number;
  /** The heads (V_m, A_m) of which the law consists; without perceptron blocks. */
  readonly heads: readonly Pick<Head, "V" | "A">[];
  /** w_m, summing to one; 1/M each unless given. */
  readonly weights?: ArrayLike<number>;
  readonly seed: string;
}

/**
 * The law that gives head m with probability w_m: the layers whose limit `homogenized` is for the same heads and weights.
 * Heads are chosen by uniforms from the stream "weights"; one head alone is always it. Throws a RangeError on weights that
 * do not fit.
 */
export function weightedHeads(options: WeightedHeads): HeadLaw {
  checkOptions("weightedHeads", options, {
    dimension: "whole",
    heads: { list: "object" },
    weights: maybe("numbers"),
    seed: "string",
  });
  const { dimension, heads, weights, seed } = options;
  const upTo = cumulative(weights ?? heads.map(() => 1 / heads.length), heads.length);
  return givenHeads({
    name: "given",
    dimension,
    normals: 0,
    uniforms: 1,
    seed,
    build(_normals, [u], V, A) {
      // Rounding may leave the last sum below one.
      const found = upTo.findIndex((sum) => u < sum);
      const head = heads[found < 0 ? lastOf(upTo) : found];
      V.set(head.V);
      A.set(head.A);
    },
  });
}

/** The last head of positive weight: where the sums reach their end. */
const lastOf = (upTo: Float64Array): number => upTo.indexOf(upTo[upTo.length - 1]);

function cumulative(weights: ArrayLike<number>, count: number): Float64Array {
  const upTo = Float64Array.from(weights);
  let sum = 0;
  let fits = upTo.length === count && count > 0;
  for (let m = 0; m < upTo.length; m++) {
    fits &&= upTo[m] >= 0;
    upTo[m] = sum += upTo[m];
  }
  if (!fits || !(Math.abs(sum - 1) < 1e-9)) {
    throw new RangeError(
      `weights: ${upTo.length} of them with sum ${sum} for ${count} heads; want one each, none negative, with sum 1`,
    );
  }
  return upTo;
}

/**
 * Whether the field of every law vanishes in the mean, sum_m w_m V_m m_{A_m} = 0: the V of each key matrix must cancel
 * (to 1e-12 of the largest entry).
 */
export function cancels(heads: readonly Pick<Head, "V" | "A">[], weights: ArrayLike<number>): boolean {
  const left = new Set(heads.keys());
  for (const m of left) {
    const sum = new Float64Array(heads[m].V.length);
    let largest = 0;
    for (const j of left) {
      if (heads[j].A.some((a, e) => a !== heads[m].A[e])) continue;
      left.delete(j);
      heads[j].V.forEach((v, e) => {
        sum[e] += weights[j] * v;
        largest = Math.max(largest, Math.abs(weights[j] * v));
      });
    }
    if (sum.some((v) => Math.abs(v) > 1e-12 * largest)) return false;
  }
  return true;
}

/**
 * An upper bound of the largest E|G|^2: sum_m w_m |V_m - E V|^2 where all heads have one key matrix, sum_m w_m |V_m|^2 else, in the
 * Frobenius norm (barycentres are no longer than one).
 */
export function spreadBound(heads: readonly Pick<Head, "V" | "A">[], weights: ArrayLike<number>): number {
  const mean = new Float64Array(heads[0].V.length);
  if (heads.every(({ A }) => A.every((a, e) => a === heads[0].A[e]))) {
    heads.forEach(({ V }, m) => V.forEach((v, e) => (mean[e] += weights[m] * v)));
  }
  let bound = 0;
  heads.forEach(({ V }, m) => {
    for (let e = 0; e < V.length; e++) bound += weights[m] * square(V[e] - mean[e]);
  });
  return bound;
}
