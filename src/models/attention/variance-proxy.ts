import { square } from "../../numerics/square.js";
import type { Measure } from "../../types.js";
import { chooseBarycentres } from "./choose-barycentres.js";
import { headFields } from "./head-fields.js";
import { blankHead, sampleHead } from "../heads/head.js";
import type { HeadLaw } from "../heads/law.js";
import { project } from "../../sphere/project.js";

export interface VarianceProxy {
  /** E|G(x, theta)|^2 at the point of the given law where the estimate is largest. */
  readonly sigma2: number;
  readonly standardError: number;
  /** The index of that point. */
  readonly point: number;
}

/**
 * sigma^2 = max E|G|^2, G = P_x (B_theta - E B_theta), over the points of one law of tokens, from `samples` heads
 * (arXiv:2604.01978, section 2). The theory's maximum is over all laws: try the extreme ones, a single cluster first.
 * The estimate at every point is unbiased; the maximum over points of nearly equal variance is biased upwards by about a
 * standard error.
 */
export function varianceProxy(
  law: HeadLaw,
  { beta, at, samples }: { readonly beta: number; readonly at: Measure; readonly samples: number },
): VarianceProxy {
  const { count: n, dimension: d, points: x } = at;
  if (d !== law.dimension) throw new RangeError(`at: points in R^${d} for heads in R^${law.dimension}`);
  if (!(samples >= 2)) throw new RangeError(`samples: ${samples}, want at least two`);
  const head = blankHead(law);
  const fields = headFields([head], n, d, chooseBarycentres("auto")(n, d, 1, beta));
  const one = Float64Array.of(1);
  const G = new Float64Array(n * d);
  const each = (visit: () => void): void => {
    for (let s = 0; s < samples; s++) {
      sampleHead(law, s, PROXY_LAYER, 0, head);
      fields.freeze(at);
      fields.combine(one, G);
      project(x, G, d);
      visit();
    }
  };
  const mean = new Float64Array(n * d);
  each(() => {
    for (let i = 0; i < n * d; i++) mean[i] += G[i] / samples;
  });
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  each(() => {
    for (let i = 0; i < n; i++) {
      let size = 0;
      for (let o = i * d; o < (i + 1) * d; o++) size += square(G[o] - mean[o]);
      sum[i] += size;
      squares[i] += size * size;
    }
  });
  const point = sum.indexOf(Math.max(...sum));
  const average = sum[point] / samples;
  return {
    sigma2: sum[point] / (samples - 1),
    standardError: Math.sqrt((squares[point] / samples - average * average) / (samples - 1)),
    point,
  };
}

/** Above every layer of a transformer and below the atoms (see `drawHeads`). */
const PROXY_LAYER = 2 ** 31;

/**
 * The exact maximum sigma_V^2 (d-1) when V is independent of A with i.i.d. entries of mean zero, reached at a single
 * cluster; with a mean, the upper bound sigma_V^2 (d-1) + |E V|^2, since tr Cov m <= 1. The norm of E V is bounded by
 * (largest column sum * largest row sum)^{1/2}. Undefined when the law does not state this, or has a perceptron block.
 */
export function varianceBound(law: HeadLaw): { sigma2: number; exact: boolean } | undefined {
  const { moments, perceptron, dimension: d } = law;
  if (!moments?.independentV || perceptron) return undefined;
  let rows = 0;
  let columns = 0;
  for (let a = 0; a < d; a++) {
    let row = 0;
    let column = 0;
    for (let b = 0; b < d; b++) {
      row += Math.abs(moments.meanV[a * d + b]);
      column += Math.abs(moments.meanV[b * d + a]);
    }
    rows = Math.max(rows, row);
    columns = Math.max(columns, column);
  }
  return { sigma2: moments.varianceV * (d - 1) + rows * columns, exact: rows === 0 };
}
