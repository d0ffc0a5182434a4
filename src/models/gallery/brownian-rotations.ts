import type { Model } from "../../types.js";
import { affine } from "./affine.js";

/**
 * Particles in R^3 turned by one Brownian motion on the rotation group, dX = -X dt + sum_k (e_k x X) dW^k (Itô). The
 * drift is half the Itô correction C = -2X, so in Stratonovich form there is none: X_t = R_t X_0 with one random
 * rotation R_t for all particles, and |X| is conserved. The three fields do not commute: a scheme without the Lévy
 * area has strong order 1/2 here.
 */
export function brownianRotations(): Model {
  const turn = (entries: readonly number[]): { matrix: Float64Array } => ({
    matrix: Float64Array.from(entries),
  });
  return affine({
    name: "brownian-rotations",
    dimension: 3,
    drift: turn([-1, 0, 0, 0, -1, 0, 0, 0, -1]),
    noise: [
      turn([0, 0, 0, 0, 0, -1, 0, 1, 0]),
      turn([0, 0, 1, 0, 0, 0, -1, 0, 0]),
      turn([0, -1, 0, 1, 0, 0, 0, 0, 0]),
    ],
  });
}
