import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { log } from "./log.js";

/**
 * out[l] = Gamma(d/2) (2/kappa)^{d/2-1} I_{l+d/2-1}(kappa) e^{-kappa}, l = 0..lmax: the eigenvalues, scaled, of
 * averaging over the sphere S^{d-1} with e^{kappa <u,y>} (Funk-Hecke). d = 2: I_l(kappa) e^{-kappa}; d = 3: the
 * modified spherical Bessel functions i_l(kappa) e^{-kappa}. Full relative accuracy for any kappa >= 0, short of
 * underflow.
 *
 * Ratios r_nu = I_{nu+1}/I_nu come from r_{nu-1} = 1/(2 nu/kappa + r_nu), downwards, where every step divides an error
 * by about r_nu^2; the start lies between the bounds of Amos, Math. Comp. 28 (1974). The first value is in closed form
 * (d odd), or by a sum or an asymptotic series (d even).
 * Throws a RangeError unless d is an integer >= 2, kappa finite and >= 0.
 */
export function scaledBessel(dimension: number, kappa: number, lmax: number, out: Float64Array): void {
  if (!Number.isInteger(dimension) || dimension < 2)
    throw new RangeError(`scaledBessel: dimension must be an integer >= 2, got ${dimension}.`);
  if (!(kappa >= 0 && kappa < Infinity))
    throw new RangeError(`scaledBessel: kappa must be finite and not negative, got ${kappa}.`);
  const first = dimension / 2 - 1;
  const ratio = kappa > 0 ? ratioAt(first + lmax, kappa) : 0;
  ladder(first, kappa, lmax, ratio, out);
  out[0] = kappa > 0 ? lowest(dimension, kappa, lmax > 0 ? out[1] : ratio) : 1;
  for (let l = 1; l <= lmax; l++) out[l] *= out[l - 1];
}

/** out[l] = lambda_l / lambda_0 of scaledBessel, to full relative accuracy, without the values that may underflow. */
export function besselRatios(dimension: number, kappa: number, lmax: number, out: Float64Array): void {
  const first = dimension / 2 - 1;
  ladder(first, kappa, lmax, kappa > 0 ? ratioAt(first + lmax, kappa) : 0, out);
  out[0] = 1;
  for (let l = 1; l <= lmax; l++) out[l] *= out[l - 1];
}

/**
 * out[l] = lambda_l / lambda_0 of scaledBessel, for sums over l that may stop at lmax: errors are a small part of the
 * last entry (in d dimensions, of lmax^{d-2} times it), since the ladder starts there from the estimate. Faster.
 */
export function relativeBessel(dimension: number, kappa: number, lmax: number, out: Float64Array): void {
  const first = dimension / 2 - 1;
  ladder(first, kappa, lmax, kappa > 0 ? between(first + lmax, kappa) : 0, out);
  out[0] = 1;
  for (let l = 2; l <= lmax; l++) out[l] *= out[l - 1];
}

/** out[l] = I_{first+l} / I_{first+l-1} for l = lmax..1, from the ratio after the last. */
function ladder(first: number, kappa: number, lmax: number, last: number, out: Float64Array): void {
  const inverse = 2 / kappa;
  let ratio = last;
  for (let l = lmax; l > 0; l--) {
    ratio = 1 / ((first + l) * inverse + ratio);
    out[l] = ratio;
  }
}

/** Log of the value at l = 0, which itself vanishes below the least double in high dimensions or for huge kappa. */
export function logLowestBessel(dimension: number, kappa: number): number {
  if (kappa === 0) return 0;
  let sum = log(firstBessel(dimension, kappa));
  for (const gain of gains(dimension, kappa, ratioAt(dimension / 2 - 1, kappa))) sum += log(gain);
  return sum;
}

/** From here on, in units of nu^2, the ratio takes the first terms of a series, and the continued fraction far too many. */
const HUGE = 1e6;

/** I_{nu+1}(kappa) / I_nu(kappa). */
function ratioAt(nu: number, kappa: number): number {
  if (kappa > HUGE * (nu + 2) * (nu + 2)) return hankel(nu + 1, kappa) / hankel(nu, kappa);
  let steps = 0;
  let contraction = 1e-2;
  while (contraction > 1e-18) {
    const r = between(nu + steps, kappa);
    contraction *= r * r;
    steps++;
  }
  let ratio = between(nu + steps, kappa);
  for (let k = steps; k > 0; k--) ratio = 1 / ((2 * (nu + k)) / kappa + ratio);
  return ratio;
}

/** sqrt(2 pi kappa) e^{-kappa} I_nu(kappa) for kappa far above nu^2: sum_k (-1)^k prod_j (4 nu^2 - (2j-1)^2) / (k! (8 kappa)^k). */
function hankel(nu: number, kappa: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; Math.abs(term) > 1e-18; k++) {
    term *= ((2 * k - 1) * (2 * k - 1) - 4 * nu * nu) / (8 * k) / kappa;
    sum += term;
  }
  return sum;
}

/** An estimate of the ratio between its bounds. */
const between = (nu: number, kappa: number): number =>
  kappa / (nu + 0.5 + Math.sqrt((nu + 1) * (nu + 1) + kappa * kappa));

/** The value at l = 0; `ratio` is I_{d/2} / I_{d/2-1}. */
const lowest = (dimension: number, kappa: number, ratio: number): number =>
  gains(dimension, kappa, ratio).reduce((value, gain) => value * gain, 1) * firstBessel(dimension, kappa);

/**
 * What lambda_0 gains from dimension d-2 to d, for d = `dimension` down to 4 or 5: r_nu 2 (nu + 1) / kappa with nu = d/2 - 2,
 * the ratios r_nu going down from `ratio` = I_{dimension/2} / I_{dimension/2-1}.
 */
function gains(dimension: number, kappa: number, ratio: number): number[] {
  const found: number[] = [];
  let r = ratio;
  for (let d = dimension; d > 3; d -= 2) {
    const nu = d / 2 - 2;
    r = 1 / ((2 * (nu + 1)) / kappa + r);
    found.push((r * 2 * (nu + 1)) / kappa);
  }
  return found;
}

/** The value at l = 0 in dimension 2 or 3, whichever has the parity of `dimension`. */
const firstBessel = (dimension: number, kappa: number): number =>
  dimension % 2 === 1 ? sphereZero(kappa) : besselZero(kappa);

/** i_0(kappa) e^{-kappa} = sinh(kappa) e^{-kappa} / kappa. */
const sphereZero = (kappa: number): number => -expm1(-2 * kappa) / (2 * kappa);

/** I_0(kappa) e^{-kappa}. */
function besselZero(kappa: number): number {
  // The smallest term of the series is about e^{-2 kappa}.
  if (kappa > 30) return hankel(0, kappa) / Math.sqrt(2 * Math.PI * kappa);
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-18 * sum; k++) {
    term *= ((kappa / 2) * (kappa / 2)) / (k * k);
    sum += term;
  }
  return sum * exp(-kappa);
}
