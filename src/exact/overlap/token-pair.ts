import { overlap } from "../../observables/overlap.js";
import { wrap } from "../../sphere/measure.js";
import type { Measure } from "../../types.js";

/** <x_1, x_2> of a law's first two tokens. */
export const pairOverlap = overlap(0, 1);

/** Two tokens with overlap R, the first on the first axis. */
export function pairAt(dimension: number, R: number): Measure {
  const points = new Float64Array(2 * dimension);
  points[0] = 1;
  points[dimension] = R;
  points[dimension + 1] = Math.sqrt(1 - R * R);
  return wrap(points, dimension);
}

/** Puts two tokens where their overlap is R, symmetric about the first axis. */
export function placePair(R: number, { points, dimension: d }: Measure): void {
  points.fill(0);
  points[0] = points[d] = Math.sqrt((1 + R) / 2);
  points[1] = Math.sqrt((1 - R) / 2);
  points[d + 1] = -points[1];
}
