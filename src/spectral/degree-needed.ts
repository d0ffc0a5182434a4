import { relativeBessel } from "../numerics/bessel.js";
import { log } from "../numerics/log.js";

/** Dimension of the harmonics of degree l on S^{d-1}: (2l + d - 2) / (d - 2) * binom(l + d - 3, d - 3), 2 for d = 2. */
export function harmonicDimension(dimension: number, l: number): number {
  if (l === 0) return 1;
  if (dimension === 2) return 2;
  let value = 2 * l + dimension - 2;
  for (let k = 1; k <= dimension - 3; k++) value *= (l + k) / (k + 1);
  return value;
}

/** No sum is taken to a higher degree: for what needs one the degree needed is Infinity. */
export const HIGHEST_DEGREE = 2 ** 20;

/**
 * The degree L after which the Funk-Hecke sum of e^{kappa <u,y>} may stop: what is left,
 * sum_{l>L} dim_l lambda_l(kappa), is at most tolerance * lambda_0(kappa), lambda_0 being the average over the whole
 * sphere. About sqrt(2 kappa ln(1/tolerance)) for large kappa (mathematics: lambda_l / lambda_0 ~ e^{-l(l+1)/(2 kappa)}
 * in d = 3). It grows with kappa, so the largest kappa decides for all; Infinity above
 * `HIGHEST_DEGREE`.
 */
export function degreeNeeded(dimension: number, kappa: number, tolerance: number): number {
  if (!(tolerance > 0 && tolerance < 1))
    throw new RangeError(`degreeNeeded: tolerance must lie between 0 and 1, got ${tolerance}.`);
  const digits = log(1 / tolerance);
  const top = Math.ceil(1.5 * Math.sqrt(2 * kappa * digits) + digits + dimension + 10);
  // It is at most twice the degree that is needed.
  if (!(top <= 2 * HIGHEST_DEGREE)) return Infinity;
  const values = new Float64Array(top + 1);
  relativeBessel(dimension, kappa, top, values);
  let tail = 0;
  for (let l = top; l > 0; l--) {
    tail += harmonicDimension(dimension, l) * values[l];
    if (tail > tolerance) return l <= HIGHEST_DEGREE ? l : Infinity;
  }
  return 0;
}
