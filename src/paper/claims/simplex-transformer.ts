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
  readonly paths: number;
  /** The overlap is recorded every so many layers. */
  readonly every: number;
  readonly seed: string;
  /** Called after every path with its overlaps. */
  readonly onPath?: (path: number, overlaps: Float64Array) => void;
}

/** Mean pairwise overlap (i != j) of the tokens of the random transformer, path by path: at the start and every `every` layers. */
export function measureOverlaps(options: SimplexTransformer): Float64Array[] {
  const { tokens: n, dimension: d, beta, deviation = 1, headsPerLayer, eta, layers, paths, every } = options;
  const heads = gaussianHeads({
    dimension: d,
    sigmaV: 1 / Math.sqrt(d),
    sigmaA: Math.sqrt(deviation) * power(d, -0.25),
    seed: options.seed,
  });
  const initial = simplexLaw(d, n, 0).sample(n, stream(options.seed, "initial"), 0);
  const evolution = transformer({ heads, headsPerLayer, eta, beta, initial });
  return Array.from({ length: paths }, (_, path) => {
    const values = alongLayers(evolution, path, { layers, every, observe: pairwiseOverlap });
    options.onPath?.(path, values);
    return values;
  });
}

/** The mean of <x_i, x_j> over i != j, from |sum_i x_i|^2. */
function pairwiseOverlap({ points: x, count: n, dimension: d }: Measure): number {
  const sum = new Float64Array(d);
  for (let e = 0; e < n * d; e++) sum[e % d] += x[e];
  return (sum.reduce((s, v) => s + v * v, 0) - n) / (n * (n - 1));
}
