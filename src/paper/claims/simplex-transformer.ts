import { simplexLaw } from "../../laws/simplex.js";
import { gaussianHeads } from "../../models/heads/gaussian-heads.js";
import { stream } from "../../noise/stream.js";
import { transformer } from "../../../solvers/transformer.js";

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
  readonly onPath?: (path: number) => void;
}

/** Mean pairwise overlap (i != j) of the tokens of the random transformer, path by path: at the start and every `every` layers. */
export function measureOverlaps(options: SimplexTransformer): Float64Array[] {
  const { tokens: n, dimension: d, beta, deviation = 1, headsPerLayer, eta, layers, paths, every } = options;
  const heads = gaussianHeads({
    dimension: d,
    sigmaV: 1 / Math.sqrt(d),
    sigmaA: Math.sqrt(deviation) * d ** -0.25,
    seed: options.seed,
  });
  const initial = simplexLaw(d, n, 0).sample(n, stream(options.seed, "initial"), 0);
  const evolution = transformer({ heads, headsPerLayer, eta, beta, initial });
  const sum = new Float64Array(d);
  const pairwise = (): number => {
    sum.fill(0);
    const x = evolution.law.points;
    for (let e = 0; e < n * d; e++) sum[e % d] += x[e];
    return (sum.reduce((s, v) => s + v * v, 0) - n) / (n * (n - 1));
  };
  const interval = { time: 0, dt: (eta * eta) / headsPerLayer, dW: new Float64Array(0), area: null };
  return Array.from({ length: paths }, (_, path) => {
    evolution.reset(path);
    const values = new Float64Array(Math.floor(layers / every) + 1);
    values[0] = pairwise();
    for (let step = 0; step < layers; step++) {
      evolution.advance({ ...interval, path, step });
      if ((step + 1) % every === 0) values[(step + 1) / every] = pairwise();
    }
    options.onPath?.(path);
    return values;
  });
}
