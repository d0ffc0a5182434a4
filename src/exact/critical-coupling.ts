import { scaledBessel } from "../numerics/bessel.js";
import { exp } from "../numerics/exp.js";

/**
 * Linear theory of noisy unnormalized attention (`noisyAttention`) about the uniform law: a perturbation of degree l grows
 * at rate 1/2 l (l+d-2) (2 K lambda_l - kappa^2), with
 *
 *     lambda_l = Gamma(d/2) (2/beta)^{d/2-1} I_{l+d/2-1}(beta) / beta
 *
 * (arXiv:2606.05140, there with kappa = 1). `beta` above zero.
 */
export function growthRate(
  {
    dimension: d,
    beta,
    coupling,
  }: { readonly dimension: number; readonly beta: number; readonly coupling: number },
  l: number,
  kappa = 1,
): number {
  return 0.5 * l * (l + d - 2) * (2 * coupling * eigenvalue(d, beta, l) - kappa * kappa);
}

/** The coupling K above which the uniform law is unstable: its degree 1 then grows. beta^{d/2} / (2^{d/2} Gamma(d/2) I_{d/2}(beta)) for kappa = 1. */
export function criticalCoupling(dimension: number, beta: number, kappa = 1): number {
  return (kappa * kappa) / (2 * eigenvalue(dimension, beta, 1));
}

function eigenvalue(d: number, beta: number, l: number): number {
  if (!(beta > 0 && Number.isInteger(l) && l >= 0)) {
    throw new RangeError(
      `growth rate: beta ${beta}, degree ${l}; want beta above zero and a whole degree from 0 up`,
    );
  }
  const values = new Float64Array(l + 1);
  scaledBessel(d, beta, l, values);
  return (values[l] * exp(beta)) / beta;
}
