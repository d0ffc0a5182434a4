import { exp } from "../../src/numerics/exp.js";
import { power } from "../../src/numerics/power.js";
import type { HarmonicTransform } from "../../src/types.js";

/** c_l <- exp(-strength (l / lmax)^order dt) c_l after every step. */
export interface FilterOptions {
  /** Rate at which degree lmax decays, per unit of time: a run with smaller steps is filtered as much. */
  readonly strength: number;
  /** The higher the sharper: half of lmax decays at strength / 2^order. Even by custom; 16 unless given. */
  readonly order?: number;
}

/**
 * The exponential filter of spectral methods (Gottlieb & Hesthaven, J. Comput. Appl. Math. 128, 2001): it keeps the
 * highest degrees from piling up, at the price of changing the equation there. Mass is untouched (l = 0).
 */
export function exponentialFilter(
  { degrees, lmax }: HarmonicTransform,
  { strength, order = 16 }: FilterOptions,
): (coefficients: Float64Array, dt: number) => void {
  if (!(strength >= 0 && strength < Infinity && order > 0 && order < Infinity)) {
    throw new RangeError(
      `filter: strength ${strength} and order ${order}, want finite numbers, not negative, order above zero`,
    );
  }
  const rates = Float64Array.from(degrees, (l) => strength * power(l / lmax, order));
  return (coefficients, dt) => {
    for (let q = 0; q < coefficients.length; q++) coefficients[q] *= exp(-rates[q] * dt);
  };
}
