/*
 * The von Mises-Fisher law on S^{d-1} with concentration kappa has density proportional to exp(kappa <mean, x>)
 * (Mardia, Jupp, Directional Statistics, 2000, section 9.3). Its constant comes from
 *   int exp(kappa <mean, x>) dsigma = |S^{d-1}| 0F1(d/2; kappa^2/4),   0F1(a; z) = sum_k z^k / ((a)_k k!),
 * a sum of positive terms, which loses nothing for any kappa, unlike the equal Bessel form
 * (2 pi)^{d/2} I_{d/2-1}(kappa) / kappa^{d/2-1}.
 */

/** The largest concentration served: the sums below take about kappa terms. */
const KAPPA_MAX = 1e6;

/** Throws a RangeError unless 0 <= kappa <= 1e6. */
export function checkKappa(kappa: number): void {
  if (!(kappa >= 0 && kappa <= KAPPA_MAX))
    throw new RangeError(`von Mises-Fisher law: kappa is ${kappa}, want a number from 0 to ${KAPPA_MAX}`);
}

/** Log of the surface area of S^{d-1}, 2 pi^{d/2} / Gamma(d/2), by |S^{d+1}| = |S^{d-1}| 2 pi / d. */
export function logSurfaceArea(d: number): number {
  let log = Math.log((d % 2 === 0 ? 2 : 4) * Math.PI);
  for (let k = d % 2 === 0 ? 2 : 3; k < d; k += 2) log += Math.log((2 * Math.PI) / k);
  return log;
}

/** Log of the density at the mean direction, its highest value: kappa - log |S^{d-1}| - log 0F1(d/2; kappa^2/4). */
export function logPeakDensity(d: number, kappa: number): number {
  checkKappa(kappa);
  const z = (kappa * kappa) / 4;
  let scale = 0;
  let term = 1;
  let sum = 1;
  for (let k = 0; ; k++) {
    const growth = z / ((k + 1) * (k + d / 2));
    term *= growth;
    sum += term;
    if (growth < 1 && term < 1e-17 * sum * (1 - growth)) break;
    if (sum > 1e250) {
      term *= 1e-250;
      sum *= 1e-250;
      scale += Math.log(1e250);
    }
  }
  return kappa - scale - Math.log(sum) - logSurfaceArea(d);
}

/**
 * |E x| = I_{d/2}(kappa) / I_{d/2-1}(kappa), by Gauss's continued fraction 1/(d/kappa + 1/((d+2)/kappa + ...)) from below:
 * all terms are positive.
 */
export function meanResultant(d: number, kappa: number): number {
  checkKappa(kappa);
  if (kappa === 0) return 0;
  let ratio = 0;
  for (let k = Math.ceil(2 * kappa) + 60; k >= 0; k--) ratio = 1 / ((d + 2 * k) / kappa + ratio);
  return ratio;
}
