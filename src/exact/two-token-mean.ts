import { atanh, tanh } from "../numerics/hyperbolic.js";
import type { Measure } from "../types.js";
import { diffusionMoment } from "./overlap/diffusion-moments.js";
import { twoTokenOverlap } from "./overlap/two-token-overlap.js";

/** Observables of two tokens of weight one half as functions of their overlap R. */
export const OF_OVERLAP: Readonly<Record<string, (R: number) => number>> = {
  overlap: (R) => R,
  "overlap:0,1": (R) => R,
  "mean-overlap": (R) => (1 + R) / 2,
  "order-parameter": (R) => Math.sqrt(Math.max(0, 1 + R) / 2),
};

/**
 * E phi(R_T) for two Gaussian-head tokens at beta = 0, whose overlap R is a diffusion of its own, from the overlap they
 * start with; `time` on the clock of sigma_V^2 = 1/d. Solved once for every different start.
 */
export function twoTokenMean(
  dimension: number,
  phi: (R: number) => number,
  time: number,
): (start: Measure) => number {
  const diffusion = twoTokenOverlap(dimension);
  const known = new Map<string, number>();
  return ({ points }) => {
    let R = 0;
    for (let a = 0; a < dimension; a++) R += points[a] * points[dimension + a];
    // Rotated starts have the same overlap up to rounding.
    const key = R.toFixed(12);
    if (Math.abs(R) > 1 - 1e-12) return phi(Math.sign(R));
    const value = known.get(key) ?? diffusionMoment(diffusion, (z) => phi(tanh(z)), atanh(R), time).value;
    known.set(key, value);
    return value;
  };
}
