import { arcsineLaw } from "./arcsine-law.js";
import { directionCosine } from "./direction-overlap.js";
import { driftRate, variationRate } from "./overlap-drift.js";

/**
 * Exact drift and quadratic variation of the overlap of two tokens at finite d in the low-temperature field
 * m_A(x) = Ax/|Ax|, time stretched by d, sigma_V^2 = 1/d: with s = E cos(Ax, Ay),
 *
 *     drift = (d-2+R^2) s - (d-1) R,   variation = 2 (1-R^2) (1 - R s).
 *
 * As d -> infinity they are -(1+c) R (1-R^2) and 2 (1-R^2)^2 (see `lowTemperatureOverlap`). That field belongs to tokens
 * in a background that fills the sphere: softmax then tilts to the direction of Ax. Two tokens alone behave otherwise, see
 * `aloneScore`.
 */
export function lowTemperatureRates(
  dimension: number,
  R: number,
  factors: 1 | 2,
): { drift: number; variation: number } {
  const s = directionCosine(dimension, R, factors);
  return { drift: driftRate(dimension, R, s, 2), variation: variationRate(R, s, 2) };
}

/** c in the drift -(1+c) R (1-R^2) by the law of the key matrix at this d and R; zero for rotations (no factors). */
export const driftCurvature = (dimension: number, factors: 0 | 1 | 2, R: number): number =>
  factors === 0 ? 0 : lowTemperatureRates(dimension, R, factors).drift / (-R * (1 - R * R)) - 1;

/**
 * s = E <m_A(x), m_A(y)> of two tokens alone at zero temperature, R = <x, y>: each picks the better of the two, the same one
 * with the probability of `arcsineLaw`. The overlap drifts on the scale of one.
 */
export const aloneScore = (R: number): number => R + (1 - R) * arcsineLaw(R);
