import { exp } from "../../numerics/exp.js";
import { gaussLegendre } from "../../numerics/gauss-legendre.js";
import { asinh, atanh, cosh, sinh, tanh } from "../../numerics/hyperbolic.js";
import { log1p } from "../../numerics/log1p.js";
import type { LineDiffusion } from "./diffusion-moments.js";

/**
 * Overlap of two tokens at low temperature and large d, time stretched by d:
 *
 *     du = -(1+c) u (1-u^2) dt + sqrt(2) (1-u^2) dB,   z = artanh u:  dz = (1-c) tanh z dt + sqrt(2) dB,
 *
 * where c is the curvature of the key matrix's action on directions (`directionCurvature`): 0 for a random rotation
 * (the law printed in arXiv:2604.01978), 1/2 for one Gaussian factor, 1 for A = W W'^T.
 */
export function lowTemperatureOverlap(c: number): LineDiffusion {
  return { drift: (z) => (1 - c) * tanh(z), variance: 2 };
}

/**
 * u_0 -> P(u -> 1). The scale function is int (1-u^2)^{-(1+c)/2} du = int cosh(z)^{c-1} dz, finite at both ends for c < 1
 * only. c = 0: 1/2 + arcsin(u_0)/pi. For c >= 1 the overlap never settles (z is recurrent; a Brownian motion for c = 1)
 * and a RangeError says so.
 */
export function fixationLaw(c: number): (start: number) => number {
  if (!(c < 1))
    throw new RangeError(`c: at ${c} the overlap is recurrent and never settles; fixation needs c < 1`);
  const { nodes, weights } = gaussLegendre(NODES);
  // With z = sinh y the integrand is analytic for |Im y| < pi/2 and its tails are short, also for c near one.
  const density = (y: number): number => {
    const x = Math.abs(sinh(y));
    const logCosh = x + log1p(exp(-2 * x)) - Math.LN2;
    return cosh(y) * exp((c - 1) * logCosh);
  };
  const integral = (to: number): number => {
    let s = 0;
    for (let i = 0; i < NODES; i++) s += weights[i] * density(0.5 * to * (1 + nodes[i]));
    return 0.5 * to * s;
  };
  const half = integral(asinh(40 / (1 - c)));
  return (start) => {
    if (!(Math.abs(start) <= 1)) throw new RangeError(`start: ${start} is not an overlap`);
    if (Math.abs(start) === 1) return start > 0 ? 1 : 0;
    return 0.5 + integral(asinh(atanh(start))) / (2 * half);
  };
}

/** Enough for 1e-12 on an interval of length asinh(40 / (1-c)), below six for c < 0.8. */
const NODES = 64;

/**
 * One realization u at times 0, dt, 2 dt, … for Brownian increments of variance dt. Euler steps in z, where the noise is
 * additive (strong order one); u stays in (-1, 1) but for rounding.
 */
export function lowTemperaturePath(
  c: number,
  start: number,
  dt: number,
  increments: Float64Array,
): Float64Array {
  if (!(Math.abs(start) < 1))
    throw new RangeError(`start: an overlap of ${start}; want one between -1 and 1`);
  const u = new Float64Array(increments.length + 1);
  let z = atanh(start);
  u[0] = start;
  increments.forEach((dB, s) => {
    z += (1 - c) * tanh(z) * dt + Math.SQRT2 * dB;
    u[s + 1] = tanh(z);
  });
  return u;
}
