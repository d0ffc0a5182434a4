import { allFinite } from "../../numerics/finite.js";
import { identity } from "../../numerics/matrix.js";
import { checkOptions, maybe } from "../../numerics/options.js";
import type { Displace, Displacement, Field, Manifold, Model } from "../../types.js";
import { addField, addLinear, apply, entriesOf, type AffineField, type Entries } from "./affine-field.js";
import { planAffineMap } from "./kernels/affine-map.js";

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
  const drift = entriesOf("drift", given.drift ?? {}, d);
  const noise = given.noise.map((field, k) => entriesOf(`noise[${k}]`, field, d));
  return {
    name,
    manifold,
    dimension: d,
    channels: noise.length,
    calculus,
    plan: (n) => planAffine(n, d, drift, noise),
  };
}

function planAffine(n: number, d: number, drift: Entries, noise: readonly Entries[]): Field {
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
      if (noise[k].values.length === 0) continue;
      along.fill(0);
      for (let j = 0; j < K; j++) addField(c[j * K + k], noise[j], along);
      addLinear(noise[k], along, d, map);
    }
  };

  const terms: Displace["of"] = {
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
  };

  const displace = ({ dt, dW, second, shift, area }: Displacement): boolean => {
    for (let e = 0; e < map.length; e++) map[e] = still[e];
    addIncrement(dt, dW);
    if (second !== 0 || shift !== 0 || area) {
      for (let j = 0, e = 0; j < K; j++)
        for (let k = 0; k < K; k++, e++)
          weights[e] = second * dW[j] * dW[k] + (j === k ? shift : 0) + (area ? area[e] : 0);
      addDerivatives(weights);
    }
    return Number.isFinite(mover.move(map, x)) || allFinite(x);
  };

  return { ...terms, home: mover.home, displace: Object.assign(displace, { of: terms }) };
}
