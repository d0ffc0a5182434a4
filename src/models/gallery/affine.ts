import { allFinite } from "../../numerics/finite.js";
import { identity } from "../../numerics/matrix.js";
import { checkOptions, maybe } from "../../numerics/options.js";
import { matrixOf, vectorOf, type MatrixLike, type NumbersLike } from "../../numerics/rows.js";
import type { Field, Manifold, Model } from "../../types.js";
import { planAffineMap } from "./kernels/affine-map.js";

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
  return {
    name,
    manifold,
    dimension: d,
    channels: noise.length,
    calculus,
    plan: (n) => planAffine(n, d, drift, noise),
  };
}

/** As matrices [d,d+1], row by row, the offset first; null for a zero field. */
type Extended = Float64Array | null;

function planAffine(n: number, d: number, drift: Extended, noise: readonly Extended[]): Field {
  const K = noise.length;
  // One map, made once a call, serves every point.
  const map = new Float64Array(d * (d + 1));
  const each = identity(K);
  const still = new Float64Array(map.length);
  for (let a = 0; a < d; a++) still[a * (d + 1) + 1 + a] = 1;
  const weights = new Float64Array(K * K);
  const along = new Float64Array(d * (d + 1));
  const mover = planAffineMap(n, d);
  let x: Float64Array;

  /** map += b dt + sum_k g_k dW_k */
  const addIncrement = (dt: number, dW: Float64Array): void => {
    addField(dt, drift, map);
    for (let k = 0; k < K; k++) addField(dW[k], noise[k], map);
  };

  /** map += sum_jk c_jk nabla_{g_j} g_k = sum_k A_k sum_j c_jk (A_j x + a_j), c [K,K]. */
  const addDerivatives = (c: Float64Array): void => {
    for (let k = 0; k < K; k++) {
      const outer = noise[k];
      if (!outer) continue;
      along.fill(0);
      for (let j = 0; j < K; j++) addField(c[j * K + k], noise[j], along);
      addProduct(outer, along, d, map);
    }
  };

  return {
    freeze(law) {
      x = law.points;
    },
    increment(dt, dW, out) {
      map.fill(0);
      addIncrement(dt, dW);
      apply(map, x, d, out);
    },
    derivative(dt, dW, delta, out) {
      map.fill(0);
      addIncrement(dt, dW);
      for (let e = 0; e < map.length; e += d + 1) map[e] = 0;
      apply(map, delta, d, out);
    },
    correction(out) {
      map.fill(0);
      addDerivatives(each);
      apply(map, x, d, out);
    },
    bracket(area, out) {
      map.fill(0);
      addDerivatives(area);
      apply(map, x, d, out);
    },
    home: mover.home,
    displace({ dt, dW, second, shift, area }) {
      for (let e = 0; e < map.length; e++) map[e] = still[e];
      addIncrement(dt, dW);
      if (second !== 0 || shift !== 0 || area) {
        for (let j = 0, e = 0; j < K; j++)
          for (let k = 0; k < K; k++, e++)
            weights[e] = second * dW[j] * dW[k] + (j === k ? shift : 0) + (area ? area[e] : 0);
        addDerivatives(weights);
      }
      return Number.isFinite(mover.move(map, x)) || allFinite(x);
    },
  };
}

/** sum += c field */
function addField(c: number, field: Extended, sum: Float64Array): void {
  if (c === 0 || !field) return;
  for (let e = 0; e < sum.length; e++) sum[e] += c * field[e];
}

/** sum += the linear part of `outer` after `inner`: nabla along an affine field is one. */
function addProduct(outer: Float64Array, inner: Float64Array, d: number, sum: Float64Array): void {
  const width = d + 1;
  for (let p = 0; p < d; p++) {
    for (let r = 0; r < d; r++) {
      const Apr = outer[p * width + 1 + r];
      if (Apr === 0) continue;
      for (let q = 0; q < width; q++) sum[p * width + q] += Apr * inner[r * width + q];
    }
  }
}

/** out[n,d] = offset + matrix v, point by point. */
function apply(map: Float64Array, v: Float64Array, d: number, out: Float64Array): void {
  for (let o = 0; o < v.length; o += d) {
    for (let a = 0, e = 0; a < d; a++) {
      let y = map[e++];
      for (let b = 0; b < d; b++) y += map[e++] * v[o + b];
      out[o + a] = y;
    }
  }
}

function readField(what: string, field: AffineField, d: number): Extended {
  checkOptions(`affine: ${what}`, field, { matrix: maybe("numbers"), offset: maybe("numbers") });
  const A = field.matrix && matrixOf(`${what}.matrix`, field.matrix, d, d);
  const a = field.offset && vectorOf(`${what}.offset`, field.offset, d);
  if (!A && !a) return null;
  return Float64Array.from({ length: d * (d + 1) }, (_, e) => {
    const [row, column] = [Math.floor(e / (d + 1)), e % (d + 1)];
    return (column === 0 ? a?.[row] : A?.[row * d + column - 1]) ?? 0;
  });
}
