import { exp } from "../numerics/exp.js";
import { planHarmonics } from "../spectral/harmonics.js";
import { requireUnit } from "../sphere/require-unit.js";
import type { Measure } from "../types.js";

/**
 * Tokens on the circle or the sphere as the coefficients of a density up to lmax, in the order of the transforms: their
 * harmonic moments sum_j w_j Y_lm(y_j), damped by the heat kernel e^{-l (l+d-2) s}, which replaces every token by the law of
 * a Brownian motion at time 2 s (a bump of standard deviation sqrt(2 s) in every direction). Degree l is gone where
 * l^2 s exceeds a few units, so lmax of about 5 / sqrt(s) resolves it to eleven digits. With s = 0 the moments are the
 * tokens' own, but the density oscillates and is negative between them: fine for low moments, useless as a picture.
 * Mass is kept exactly. A RangeError for other dimensions, points that are no unit vectors, and a negative
 * smoothing.
 */
export function densityOfTokens(law: Measure, lmax: number, smoothing = 0): Float64Array {
  if (!(smoothing >= 0 && smoothing < Infinity)) {
    throw new RangeError(`densityOfTokens: smoothing ${smoothing}, want a number from 0 up`);
  }
  const d = law.dimension;
  const harmonics = planHarmonics(d, lmax);
  requireUnit("densityOfTokens", law);
  const coefficients = new Float64Array(harmonics.size);
  harmonics.moments(law, coefficients);
  for (let l = 0, q = 0; l <= lmax; l++) {
    const damping = exp(-l * (l + d - 2) * smoothing);
    const orders = l === 0 ? 1 : d === 2 ? 2 : 2 * l + 1;
    for (const end = q + orders; q < end; q++) coefficients[q] *= damping;
  }
  return coefficients;
}
