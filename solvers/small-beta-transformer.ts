import { matrixProduct } from "../src/numerics/matrix.js";
import type { HeadLaw } from "../src/models/heads/gaussian-heads.js";
import { blankHead, sampleHead } from "../src/models/heads/head.js";
import { exp } from "../src/numerics/exp.js";
import { normalize } from "../src/sphere/retract.js";
import type { Evolution, Measure } from "../src/types.js";
import { started, type Start } from "./start.js";

export interface SmallBetaTransformer {
  /** Without perceptron block. */
  readonly heads: HeadLaw;
  /** H, heads a layer. */
  readonly headsPerLayer: number;
  /** eta, the residual step. */
  readonly eta: number;
  /** Inverse temperature. */
  readonly beta: number;
  readonly initial: Start;
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
  const { law, reset, whole } = started(initial, { dimension: heads.dimension, manifold: "sphere" });
  const d = law.dimension;
  const head = blankHead(heads);
  const moments = momentsOf(law);
  const layer = affineField(d);
  const CA = new Float64Array(d * d);
  const AS = new Float64Array(d * d);
  let remainder = 0;
  return {
    law,
    reset(path) {
      reset(path);
      remainder = 0;
    },
    advance: whole(({ path, step }) => {
      moments.update();
      layer.clear();
      const { mean, second, covariance } = moments;
      let bound = 0;
      for (let h = 0; h < H; h++) {
        sampleHead(heads, path, step, h, head);
        const { V, A } = head;
        matrixProduct(covariance, A, d, CA);
        matrixProduct(A, second, d, AS);
        bound += remainderBound(beta, A, CA, AS) / H;
        layer.addHead(eta / H, V, mean, beta, CA);
      }
      const length = Math.sqrt(mean.reduce((s, v) => s + v * v, 0));
      remainder = Math.max(remainder, bound / length);
      layer.addTo(law.points);
      normalize(law.points, d);
    }),
    diagnostics: () => ({ points: law.count, heads: H, eta, remainder }),
  };
}

/** Mean[d], second moment[d,d] and covariance[d,d] of a law whose points move, as of the last `update`. */
function momentsOf({ count: n, dimension: d, points: x, weights: w }: Measure) {
  const mean = new Float64Array(d);
  const second = new Float64Array(d * d);
  const covariance = new Float64Array(d * d);
  return {
    mean,
    second,
    covariance,
    update(): void {
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
          covariance[a * d + b] = s - mean[a] * mean[b];
        }
      }
    },
  };
}

/** The bound on the mean over tokens of |r| for one head, from Cov A and A S, S the second moment. */
function remainderBound(beta: number, A: Float64Array, CA: Float64Array, AS: Float64Array): number {
  // sum_i w_i <A x_i, Cov A x_i> = tr(Cov A S A^T)
  let quadratic = 0;
  let square = 0;
  for (let e = 0; e < A.length; e++) {
    quadratic += CA[e] * AS[e];
    square += A[e] * A[e];
  }
  return beta * beta * exp(2 * beta * Math.sqrt(square)) * quadratic;
}

/** One layer's displacement, x -> shift + map x. */
function affineField(d: number) {
  const map = new Float64Array(d * d);
  const shift = new Float64Array(d);
  const displacement = new Float64Array(d);
  return {
    clear(): void {
      map.fill(0);
      shift.fill(0);
    },
    /** Adds scale V (mean + beta Cov A x). */
    addHead(scale: number, V: Float64Array, mean: Float64Array, beta: number, CA: Float64Array): void {
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const v = scale * V[a * d + b];
          shift[a] += v * mean[b];
          for (let c = 0; c < d; c++) map[a * d + c] += beta * v * CA[b * d + c];
        }
      }
    },
    /** Moves every row of x[n,d]. */
    addTo(x: Float64Array): void {
      for (let o = 0; o < x.length; o += d) {
        for (let a = 0; a < d; a++) {
          let s = shift[a];
          for (let b = 0, e = a * d; b < d; b++, e++) s += map[e] * x[o + b];
          displacement[a] = s;
        }
        for (let a = 0; a < d; a++) x[o + a] += displacement[a];
      }
    },
  };
}
