import { matrixProduct } from "../src/numerics/matrix.js";
import type { HeadLaw } from "../src/models/heads/gaussian-heads.js";
import { blankHead, sampleHead } from "../src/models/heads/head.js";
import { copyMeasure } from "../src/sphere/measure.js";
import { normalize } from "../src/sphere/retract.js";
import type { Evolution, Measure } from "../src/types.js";

export interface SmallBetaTransformer {
  /** Without perceptron block. */
  readonly heads: HeadLaw;
  /** H, heads a layer. */
  readonly headsPerLayer: number;
  /** eta, the residual step. */
  readonly eta: number;
  /** Inverse temperature. */
  readonly beta: number;
  readonly initial: Measure | ((path: number) => Measure);
}

/**
 * The random transformer with its softmax barycentres to first order in beta,
 *
 *     m_A(x) = ybar + beta Cov(y) A x + r,   |r| <= beta^2 e^{2 beta |Ax|} <Ax, Cov(y) Ax>,
 *
 * so that a layer is one affine map of all tokens, of cost n d^2 in place of n^2 d. The bound: the second derivative of
 * the tilted mean along t -> t beta A x is beta^2 E_t (y - m_t) <y - m_t, Ax>^2, at most 2 beta^2 Var_t <y, Ax>, and by
 * Jensen the tilted law has at most e^{2 beta |Ax|} times the density of the plain one.
 *
 * `diagnostics().remainder` is the largest bound on the mean of |r| over tokens met so far, over |ybar|, with |Ax| <= |A|.
 * The weights are those of `transformer` with the same law. Throws on a law with a perceptron block.
 */
export function smallBetaTransformer({
  heads,
  headsPerLayer: H,
  eta,
  beta,
  initial,
}: SmallBetaTransformer): Evolution {
  if (heads.perceptron)
    throw new RangeError(`heads: "${heads.name}" carries a perceptron block; want attention alone`);
  const startOf = typeof initial === "function" ? initial : () => initial;
  const law = copyMeasure(startOf(0));
  const { count: n, dimension: d, points: x, weights: w } = law;
  const head = blankHead(heads);
  const mean = new Float64Array(d);
  const cov = new Float64Array(d * d);
  const second = new Float64Array(d * d);
  const CA = new Float64Array(d * d);
  const AS = new Float64Array(d * d);
  const map = new Float64Array(d * d);
  const shift = new Float64Array(d);
  const moved = new Float64Array(d);
  let remainder = 0;

  const moments = (): void => {
    mean.fill(0);
    second.fill(0);
    for (let i = 0; i < n; i++) {
      const o = i * d;
      for (let a = 0; a < d; a++) {
        const wx = w[i] * x[o + a];
        mean[a] += wx;
        const row = a * d;
        for (let b = a; b < d; b++) second[row + b] += wx * x[o + b];
      }
    }
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const s = a <= b ? second[a * d + b] : second[b * d + a];
        second[a * d + b] = s;
        cov[a * d + b] = s - mean[a] * mean[b];
      }
    }
  };

  return {
    law,
    reset(path) {
      const start = startOf(path);
      law.points.set(start.points);
      law.weights.set(start.weights);
      remainder = 0;
    },
    advance({ path, step }) {
      moments();
      map.fill(0);
      shift.fill(0);
      const length = Math.sqrt(mean.reduce((s, v) => s + v * v, 0));
      let bound = 0;
      for (let h = 0; h < H; h++) {
        sampleHead(heads, path, step, h, head);
        const { V, A } = head;
        matrixProduct(cov, A, d, CA);
        matrixProduct(A, second, d, AS);
        // sum_i w_i <A x_i, Cov A x_i> = tr(Cov A S A^T)
        let quadratic = 0;
        let square = 0;
        for (let e = 0; e < d * d; e++) {
          quadratic += CA[e] * AS[e];
          square += A[e] * A[e];
        }
        bound += (beta * beta * Math.exp(2 * beta * Math.sqrt(square)) * quadratic) / H;
        for (let a = 0; a < d; a++) {
          for (let b = 0; b < d; b++) {
            const v = (eta / H) * V[a * d + b];
            shift[a] += v * mean[b];
            for (let c = 0; c < d; c++) map[a * d + c] += beta * v * CA[b * d + c];
          }
        }
      }
      remainder = Math.max(remainder, bound / length);
      for (let o = 0; o < n * d; o += d) {
        for (let a = 0; a < d; a++) {
          let s = shift[a];
          for (let b = 0, e = a * d; b < d; b++, e++) s += map[e] * x[o + b];
          moved[a] = s;
        }
        for (let a = 0; a < d; a++) x[o + a] += moved[a];
      }
      normalize(x, d);
    },
    diagnostics: () => ({ points: n, heads: H, eta, remainder }),
  };
}
