import { project } from "../../sphere/project.js";
import { multiply } from "../../numerics/matrix.js";
import { requireSphere } from "../require-sphere.js";
import type { Model } from "../../types.js";

/**
 * Common spherical Brownian motion, g_k = P_x e_k with d channels: the generator is half the Laplace–Beltrami operator,
 * so E Y_l(x_t) = exp(-l (l+d-2) t / 2) Y_l(x_0). The Itô correction vanishes: sum_k nabla_{P e_k} P e_k = -P x = 0.
 * Throws a RangeError for a dimension without a sphere.
 */
export function sphericalBrownian(dimension: number): Model {
  requireSphere(dimension);
  const d = dimension;
  return {
    name: "spherical-brownian",
    manifold: "sphere",
    dimension: d,
    channels: d,
    calculus: "ito",
    plan(n) {
      const image = new Float64Array(d);
      let x: Float64Array;
      return {
        freeze(law) {
          x = law.points;
        },
        increment(_dt, dW, out) {
          for (let o = 0; o < n * d; o += d) out.set(dW, o);
          project(x, out, d);
        },
        derivative(_dt, dW, along, out) {
          // nabla_delta P_x e = -<x, e> delta
          for (let o = 0; o < n * d; o += d) {
            let s = 0;
            for (let a = 0; a < d; a++) s += x[o + a] * dW[a];
            for (let a = 0; a < d; a++) out[o + a] = -s * along[o + a];
          }
        },
        correction: (out) => void out.fill(0),
        bracket(area, out) {
          // sum_jk L_jk nabla_{P e_j} P e_k = -sum_jk L_jk x_k P e_j = -L x, tangent because L is skew.
          for (let o = 0; o < n * d; o += d) {
            multiply(area, x, o, d, image);
            for (let a = 0; a < d; a++) out[o + a] = -image[a];
          }
        },
      };
    },
  };
}
