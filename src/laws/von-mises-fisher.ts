import { scaledBessel } from "../numerics/bessel.js";

/*
 * The von Mises-Fisher law on S^{d-1} with concentration kappa has density proportional to exp(kappa <mean, x>)
 * (Mardia, Jupp, Directional Statistics, 2000, section 9.3). The mean of exp(kappa <mean, x>) over the uniform law is
 * Gamma(d/2) (2/kappa)^{d/2-1} I_{d/2-1}(kappa), degree 0 of the Funk-Hecke eigenvalues.
 */

/** Throws a RangeError unless kappa is a finite number from 0 up. */
export function checkKappa(kappa: number): void {
  if (!(kappa >= 0 && kappa < Infinity))
    throw new RangeError(`von Mises-Fisher law: kappa is ${kappa}, want a finite number from 0 up`);
}

/** Log of the surface area of S^{d-1}, 2 pi^{d/2} / Gamma(d/2), by |S^{d+1}| = |S^{d-1}| 2 pi / d. */
export function logSurfaceArea(d: number): number {
  let log = Math.log((d % 2 === 0 ? 2 : 4) * Math.PI);
  for (let k = d % 2 === 0 ? 2 : 3; k < d; k += 2) log += Math.log((2 * Math.PI) / k);
  return log;
}

/** Log of the density at the mean direction, its highest value. */
export function logPeakDensity(d: number, kappa: number): number {
  checkKappa(kappa);
  const mean = new Float64Array(1);
  scaledBessel(d, kappa, 0, mean);
  return -Math.log(mean[0]) - logSurfaceArea(d);
}

/** |E x| = I_{d/2}(kappa) / I_{d/2-1}(kappa). */
export function meanResultant(d: number, kappa: number): number {
  checkKappa(kappa);
  const eigenvalue = new Float64Array(2);
  scaledBessel(d, kappa, 1, eigenvalue);
  return eigenvalue[1] / eigenvalue[0];
}
