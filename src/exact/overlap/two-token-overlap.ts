import { atanh, tanh } from "../../numerics/hyperbolic.js";
import { square } from "../../numerics/square.js";
import { diffusionMoment, type LineDiffusion, type Moment } from "./diffusion-moments.js";

/**
 * Two tokens under Gaussian heads at beta = 0, sigma_V^2 = 1/d: the overlap R is a diffusion of its own,
 * dR = (1-R^2)(d-2-R)/(2d) ds + (1-R^2)/sqrt(d) dB on the diffusive clock, and z = artanh R has
 * dz = [(d-2) + tanh z]/(2d) ds + dB/sqrt(d).
 */
export function twoTokenOverlap(dimension: number): LineDiffusion {
  const d = dimension;
  return { drift: (z) => (d - 2 + tanh(z)) / (2 * d), variance: 1 / d };
}

/** E R_T and E R_T^2 from R_0, exact to the errors stated (1e-10 or less). */
export function twoTokenMoments(
  dimension: number,
  start: number,
  time: number,
): { first: Moment; second: Moment } {
  if (!(Math.abs(start) < 1))
    throw new RangeError(`start: an overlap of ${start}; want one between -1 and 1`);
  const diffusion = twoTokenOverlap(dimension);
  const z = atanh(start);
  return {
    first: diffusionMoment(diffusion, tanh, z, time),
    second: diffusionMoment(diffusion, (y) => square(tanh(y)), z, time),
  };
}
