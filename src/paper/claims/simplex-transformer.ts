import { simplexLaw } from "../../laws/simplex.js";
import { gaussianHeads } from "../../models/heads/gaussian-heads.js";
import { stream } from "../../noise/stream.js";
import type { Measure } from "../../types.js";
import { transformer } from "../../../solvers/transformer.js";
import { power } from "../../numerics/power.js";
import { alongLayers } from "./along-layers.js";

export interface SimplexTransformer {
  /** n orthogonal tokens at the start; n <= d. */
  readonly tokens: number;
  readonly dimension: number;
  readonly beta: number;
  /** Standard deviation of <Ax, y>, sigma_A^2 sqrt(d); 1 unless given. sigma_V^2 = 1/d. */
  readonly deviation?: number;
  readonly headsPerLayer: number;
  readonly eta: number;
  readonly layers: number;
  /** The overlap is recorded every so many layers. */
  readonly every: number;
  readonly seed: string;
}

/** Mean pairwise overlap (i != j) of the tokens of the random transformer along a path: at the start and every `every` layers. */
export function planOverlaps(options: SimplexTransformer): (path: number) => Float64Array {
  const { tokens: n, dimension: d, beta, deviation = 1, headsPerLayer, eta, layers, every } = options;
  const heads = gaussianHeads({
    dimension: d,
    sigmaV: 1 / Math.sqrt(d),
    sigmaA: Math.sqrt(deviation) * power(d, -0.25),
    seed: options.seed,
  });
  const initial = simplexLaw(d, n, 0).sample(n, stream(options.seed, "initial"), 0);
  const evolution = transformer({ heads, headsPerLayer, eta, beta, initial });
  return (path) => alongLayers(evolution, path, { layers, every, observe: pairwiseOverlap });
}

/** The same, path by path. */
export function measureOverlaps({
  paths,
  ...options
}: SimplexTransformer & { readonly paths: number }): Float64Array[] {
  const along = planOverlaps(options);
  return Array.from({ length: paths }, (_, path) => along(path));
}

/** The mean of <x_i, x_j> over i != j, from |sum_i x_i|^2. */
function pairwiseOverlap({ points: x, count: n, dimension: d }: Measure): number {
  const sum = new Float64Array(d);
  for (let e = 0; e < n * d; e++) sum[e % d] += x[e];
  return (sum.reduce((s, v) => s + v * v, 0) - n) / (n * (n - 1));
}
