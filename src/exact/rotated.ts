import { expmTimes } from "../numerics/expm.js";

/**
 * exp(angle Omega) x for every point x[n,d] and the skew generator Omega [d,d] of a rotation (one that turns the first
 * coordinate into the second unless given): where a rotation by one Brownian motion is when it has come to `angle`.
 */
export function rotated(
  points: Float64Array,
  dimension: number,
  angle: number,
  generator?: Float64Array,
): Float64Array {
  const d = dimension;
  const Omega = generator ?? new Float64Array(d * d);
  if (!generator) [Omega[d], Omega[1]] = [1, -1];
  return expmTimes(Omega, angle, points, d);
}
