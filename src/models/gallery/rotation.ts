import { project } from "../../sphere/project.js";
import { matrixOf, type MatrixLike } from "../../numerics/rows.js";
import { multiply } from "../../numerics/matrix.js";
import { requireSphere } from "../require-sphere.js";
import type { Model } from "../../types.js";

/**
 * Rotation by one Brownian motion, dX = Omega X ∘ dW (Stratonovich), Omega skew [d,d] (row by row, nested rows, or an ndarray). Exact for every path:
 * x_t = exp(Omega W_t) x_0, so rho_lm -> e^{-imW_t} rho_lm about the axis of Omega in d = 3. Without `generator` the
 * rotation turns the first coordinate into the second. Throws a RangeError for a dimension without a sphere, and for a
 * generator that is not skew.
 */
export function rotation(dimension: number, generator?: MatrixLike): Model {
  requireSphere(dimension);
  const d = dimension;
  const Omega = generator ? matrixOf("generator", generator, d, d) : new Float64Array(d * d);
  if (!generator) {
    Omega[d] = 1;
    Omega[1] = -1;
  }
  const largest = Omega.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      if (Math.abs(Omega[a * d + b] + Omega[b * d + a]) > 1e-12 * largest) {
        throw new RangeError(
          `generator[${a}][${b}]: not the negative of generator[${b}][${a}]; want a skew matrix`,
        );
      }
    }
  }
  return {
    name: "rotation",
    manifold: "sphere",
    dimension: d,
    channels: 1,
    calculus: "stratonovich",
    plan(n) {
      const image = new Float64Array(d);
      const twice = new Float64Array(d);
      let x: Float64Array;
      const apply = (scale: number, v: Float64Array, out: Float64Array): void => {
        for (let o = 0; o < n * d; o += d) {
          multiply(Omega, v, o, d, image);
          for (let a = 0; a < d; a++) out[o + a] = scale * image[a];
        }
      };
      return {
        freeze(law) {
          x = law.points;
        },
        increment: (_dt, dW, out) => apply(dW[0], x, out),
        derivative(_dt, dW, along, out) {
          apply(dW[0], along, out);
          project(x, out, d);
        },
        correction(out) {
          for (let o = 0; o < n * d; o += d) {
            multiply(Omega, x, o, d, image);
            multiply(Omega, image, 0, d, twice);
            out.set(twice, o);
          }
          project(x, out, d);
        },
        bracket: (_area, out) => void out.fill(0),
      };
    },
  };
}
