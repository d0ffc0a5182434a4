import { matrixOf, vectorOf, type MatrixLike, type NumbersLike } from "../../numerics/rows.js";
import type { Manifold, Model } from "../../types.js";
import { multiply } from "../../numerics/matrix.js";

/** x -> matrix x + offset; a missing part is zero. */
export interface AffineField {
  /** [d,d]: row by row, nested rows, or an ndarray. */
  readonly matrix?: MatrixLike;
  /** [d] */
  readonly offset?: NumbersLike;
}

export interface Affine {
  readonly name: string;
  /** d >= 1 */
  readonly dimension: number;
  /** "ito" unless given. */
  readonly calculus?: Model["calculus"];
  /** b; zero unless given. */
  readonly drift?: AffineField;
  /** g_1 … g_K */
  readonly noise: readonly AffineField[];
}

/**
 * Particles in R^d that share their noise and nothing else: dX = (B X + b) dt + sum_k (A_k X + a_k) dW^k. All
 * derivatives are exact: nabla_u g_k = A_k u. Throws a RangeError on a matrix or offset of the wrong size.
 */
export function affine({ name, dimension: d, calculus = "ito", ...given }: Affine): Model {
  const manifold: Manifold = "euclidean";
  const drift = readField("drift", given.drift ?? {}, d);
  const noise = given.noise.map((field, k) => readField(`noise[${k}]`, field, d));
  const K = noise.length;
  const fields = [drift, ...noise];
  return {
    name,
    manifold,
    dimension: d,
    channels: K,
    calculus,
    plan(n) {
      // The sum of the fields, contracted once a call, serves every point.
      const matrix = new Float64Array(d * d);
      const offset = new Float64Array(d);
      const image = new Float64Array(d);
      const identity = Float64Array.from({ length: K * K }, (_, e) => (e % (K + 1) === 0 ? 1 : 0));
      let x: Float64Array;

      const contract = (dt: number, dW: Float64Array): void => {
        matrix.fill(0);
        offset.fill(0);
        for (let f = 0; f <= K; f++) {
          const c = f === 0 ? dt : dW[f - 1];
          if (c === 0) continue;
          const { matrix: A, offset: v } = fields[f];
          if (A) for (let e = 0; e < d * d; e++) matrix[e] += c * A[e];
          if (v) for (let a = 0; a < d; a++) offset[a] += c * v[a];
        }
      };

      const apply = (v: Float64Array, shift: Float64Array | null, out: Float64Array): void => {
        for (let o = 0; o < n * d; o += d) {
          multiply(matrix, v, o, d, image);
          for (let a = 0; a < d; a++) out[o + a] = image[a] + (shift ? shift[a] : 0);
        }
      };

      /** Makes (matrix, offset) the affine field sum_jk c_jk nabla_{g_j} g_k = sum_jk c_jk A_k (A_j x + a_j), c [K,K]. */
      const compose = (c: Float64Array): void => {
        matrix.fill(0);
        offset.fill(0);
        for (let k = 0; k < K; k++) {
          const A = noise[k].matrix;
          if (!A) continue;
          for (let j = 0; j < K; j++) {
            const cjk = c[j * K + k];
            if (cjk === 0) continue;
            const { matrix: Aj, offset: aj } = noise[j];
            for (let p = 0; p < d; p++) {
              for (let r = 0; r < d; r++) {
                const Apr = cjk * A[p * d + r];
                if (Apr === 0) continue;
                if (Aj) for (let q = 0; q < d; q++) matrix[p * d + q] += Apr * Aj[r * d + q];
                if (aj) offset[p] += Apr * aj[r];
              }
            }
          }
        }
      };

      return {
        freeze(law) {
          x = law.points;
        },
        increment(dt, dW, out) {
          contract(dt, dW);
          apply(x, offset, out);
        },
        derivative(dt, dW, along, out) {
          contract(dt, dW);
          apply(along, null, out);
        },
        correction(out) {
          compose(identity);
          apply(x, offset, out);
        },
        bracket(area, out) {
          compose(area);
          apply(x, offset, out);
        },
      };
    },
  };
}

interface FlatField {
  readonly matrix?: Float64Array;
  readonly offset?: Float64Array;
}

function readField(what: string, { matrix, offset }: AffineField, d: number): FlatField {
  return {
    ...(matrix && { matrix: matrixOf(`${what}.matrix`, matrix, d, d) }),
    ...(offset && { offset: vectorOf(`${what}.offset`, offset, d) }),
  };
}
