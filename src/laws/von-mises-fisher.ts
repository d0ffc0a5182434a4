import { besselRatios, logLowestBessel } from "../numerics/bessel.js";
import { log } from "../numerics/log.js";

/*
 * The von Mises-Fisher law on S^{d-1} with concentration kappa has density proportional to exp(kappa <mean, x>)
 * (Mardia, Jupp, Directional Statistics, 2000, section 9.3). The mean of exp(kappa <mean, x>) over the uniform law is
 * Gamma(d/2) (2/kappa)^{d/2-1} I_{d/2-1}(kappa), degree 0 of the Funk-Hecke eigenvalues.
 */

/** Beyond, formulas overflow; a law far below is a point in double precision already. */
const LARGEST_KAPPA = 1e300;

/** Throws a RangeError unless kappa lies from 0 to 1e300. */
export function checkKappa(kappa: number): void {
  if (!(kappa >= 0 && kappa <= LARGEST_KAPPA))
    throw new RangeError(`von Mises-Fisher law: kappa is ${kappa}, want a number from 0 to ${LARGEST_KAPPA}`);
}

/** Log of the surface area of S^{d-1}, 2 pi^{d/2} / Gamma(d/2), by |S^{d+1}| = |S^{d-1}| 2 pi / d. */
export function logSurfaceArea(d: number): number {
  let sum = log((d % 2 === 0 ? 2 : 4) * Math.PI);
  for (let k = d % 2 === 0 ? 2 : 3; k < d; k += 2) sum += log((2 * Math.PI) / k);
  return sum;
}

/** Log of the density at the mean direction, its highest value. */
export function logPeakDensity(d: number, kappa: number): number {
  checkKappa(kappa);
  return -logLowestBessel(d, kappa) - logSurfaceArea(d);
}

/** |E x| = I_{d/2}(kappa) / I_{d/2-1}(kappa). */
export function meanResultant(d: number, kappa: number): number {
  return zonalMoments(d, kappa, 1)[1];
}

/** [lmax+1] E P_l(<mean, x>) = I_{d/2-1+l}(kappa) / I_{d/2-1}(kappa), P_l the Legendre polynomials of R^d. */
export function zonalMoments(d: number, kappa: number, lmax: number): Float64Array {
  checkKappa(kappa);
  const ratios = new Float64Array(lmax + 1);
  besselRatios(d, kappa, lmax, ratios);
  return ratios;
}
