import { multiply, type Barycentres } from "../src/models/barycentres.js";
import { chooseBarycentres } from "../src/models/choose-barycentres.js";
import type { HeadLaw } from "../src/models/head-law.js";
import { copyMeasure } from "../src/sphere/measure.js";
import { normalize } from "../src/sphere/retract.js";
import type { Evolution, Measure } from "../src/types.js";

export interface Transformer {
  readonly heads: HeadLaw;
  /** H, heads a layer. */
  readonly headsPerLayer: number;
  /** eta, the residual step. */
  readonly eta: number;
  /** Inverse temperature. */
  readonly beta: number;
  readonly initial: Measure | ((path: number) => Measure);
  /** How the softmax sums are done for n points; chosen by cost unless given. */
  readonly barycentres?: (n: number, d: number, M: number, beta: number) => Barycentres;
}

/**
 * The random deep transformer: one layer is
 *
 *     x_i <- N( x_i + (eta/H) sum_{h=1..H} V_h m_{beta,A_h}[mu_X](x_i) ),
 *
 * with fresh weights every layer and head, a function of (seed, path, layer, head) alone (arXiv:2604.01978, section 2).
 * It draws its own weights and ignores the common noise it is offered: it agrees with the limit in law.
 */
export function transformer({
  heads,
  headsPerLayer: H,
  eta,
  beta,
  initial,
  barycentres,
}: Transformer): Evolution {
  const startOf = typeof initial === "function" ? initial : () => initial;
  const law = copyMeasure(startOf(0));
  const { count: n, dimension: d } = law;
  const V = Array.from({ length: H }, () => new Float64Array(d * d));
  const A = Array.from({ length: H }, () => new Float64Array(d * d));
  const bary = (barycentres ?? chooseBarycentres("auto"))(n, d, H, beta);
  const image = new Float64Array(d);
  return {
    law,
    reset(path) {
      const start = startOf(path);
      law.points.set(start.points);
      law.weights.set(start.weights);
    },
    advance({ path, step: layer }) {
      for (let h = 0; h < H; h++) heads.sample(path, layer, h, V[h], A[h]);
      bary.freeze(law, A);
      for (let h = 0; h < H; h++) {
        for (let i = 0; i < n; i++) {
          multiply(V[h], bary.values, (h * n + i) * d, d, image);
          for (let a = 0; a < d; a++) law.points[i * d + a] += (eta / H) * image[a];
        }
      }
      normalize(law.points, d);
    },
    diagnostics: () => ({ points: n, heads: H, eta }),
  };
}
