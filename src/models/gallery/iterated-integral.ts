import type { Model } from "../../types.js";
import { affine } from "./affine.js";

/**
 * X = (W^1, W^2, int W^1 dW^2) in R^3 (Itô): the smallest equation whose fields do not commute, [g_1, g_2] = e_3.
 * From X_0 = 0 the terminal root mean-square error in X_3 is exactly sqrt(T h / 2) for Euler–Maruyama, sqrt(T h / 4) for
 * Milstein without the Lévy area, and zero with it (Clark & Cameron 1980).
 */
export function iteratedIntegral(): Model {
  return affine({
    name: "iterated-integral",
    dimension: 3,
    noise: [
      { offset: Float64Array.of(1, 0, 0) },
      { matrix: Float64Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0), offset: Float64Array.of(0, 1, 0) },
    ],
  });
}
