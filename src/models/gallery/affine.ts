import { identity, multiply } from "../../numerics/matrix.js";
import { checkOptions, maybe } from "../../numerics/options.js";
import { matrixOf, vectorOf, type MatrixLike, type NumbersLike } from "../../numerics/rows.js";
import type { Field, Manifold, Model } from "../../types.js";

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
export function affine(options: Affine): Model {
  checkOptions("affine", options, {
    name: "string",
    dimension: "whole",
    calculus: maybe(["ito", "stratonovich"]),
    drift: maybe("object"),
    noise: { list: "object" },
  });
  const { name, dimension: d, calculus = "ito", ...given } = options;
  const manifold: Manifold = "euclidean";
  const drift = readField("drift", given.drift ?? {}, d);
  const noise = given.noise.map((field, k) => readField(`noise[${k}]`, field, d));
  const fields = [drift, ...noise];
  return {
    name,
    manifold,
    dimension: d,
    channels: noise.length,
    calculus,
    plan: (n) => planAffine(n, d, fields, noise),
  };
}

/** The same, row by row. */
interface FlatField {
  readonly matrix?: Float64Array;
  readonly offset?: Float64Array;
}

function planAffine(n: number, d: number, fields: readonly FlatField[], noise: readonly FlatField[]): Field {
  const K = noise.length;
  // A sum of fields, taken once a call, serves every point.
  const matrix = new Float64Array(d * d);
  const offset = new Float64Array(d);
  const sum = { matrix, offset };
  const coefficients = new Float64Array(1 + K);
  const image = new Float64Array(d);
  const each = identity(K);
  let x: Float64Array;

  const contract = (dt: number, dW: Float64Array): void => {
    coefficients[0] = dt;
    for (let k = 0; k < K; k++) coefficients[1 + k] = dW[k];
    combine(coefficients, fields, d, sum);
  };

  /** out = matrix v + shift, point by point. */
  const apply = (v: Float64Array, shift: Float64Array | null, out: Float64Array): void => {
    for (let o = 0; o < n * d; o += d) {
      multiply(matrix, v, o, d, image);
      for (let a = 0; a < d; a++) out[o + a] = image[a] + (shift ? shift[a] : 0);
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
      compose(each, noise, d, sum);
      apply(x, offset, out);
    },
    bracket(area, out) {
      compose(area, noise, d, sum);
      apply(x, offset, out);
    },
  };
}

/** sum = sum_f c_f (A_f x + a_f) */
function combine(c: Float64Array, fields: readonly FlatField[], d: number, sum: Required<FlatField>): void {
  const { matrix, offset } = sum;
  matrix.fill(0);
  offset.fill(0);
  for (let f = 0; f < fields.length; f++) {
    if (c[f] === 0) continue;
    const { matrix: A, offset: v } = fields[f];
    if (A) for (let e = 0; e < d * d; e++) matrix[e] += c[f] * A[e];
    if (v) for (let a = 0; a < d; a++) offset[a] += c[f] * v[a];
  }
}

/** sum = sum_jk c_jk nabla_{g_j} g_k = sum_jk c_jk A_k (A_j x + a_j), c [K,K]. */
function compose(c: Float64Array, noise: readonly FlatField[], d: number, sum: Required<FlatField>): void {
  const K = noise.length;
  sum.matrix.fill(0);
  sum.offset.fill(0);
  for (let k = 0; k < K; k++) {
    const A = noise[k].matrix;
    if (!A) continue;
    for (let j = 0; j < K; j++) {
      const cjk = c[j * K + k];
      if (cjk !== 0) addComposition(cjk, A, noise[j], d, sum);
    }
  }
}

/** sum += c A (A_j x + a_j) */
function addComposition(
  c: number,
  A: Float64Array,
  inner: FlatField,
  d: number,
  { matrix, offset }: Required<FlatField>,
): void {
  const { matrix: Aj, offset: aj } = inner;
  for (let p = 0; p < d; p++) {
    for (let r = 0; r < d; r++) {
      const Apr = c * A[p * d + r];
      if (Apr === 0) continue;
      if (Aj) for (let q = 0; q < d; q++) matrix[p * d + q] += Apr * Aj[r * d + q];
      if (aj) offset[p] += Apr * aj[r];
    }
  }
}

function readField(what: string, field: AffineField, d: number): FlatField {
  checkOptions(`affine: ${what}`, field, { matrix: maybe("numbers"), offset: maybe("numbers") });
  const { matrix, offset } = field;
  return {
    ...(matrix && { matrix: matrixOf(`${what}.matrix`, matrix, d, d) }),
    ...(offset && { offset: vectorOf(`${what}.offset`, offset, d) }),
  };
}
