import { hypot } from "../numerics/hypot.js";
import { requireUnit } from "../sphere/require-unit.js";
import type { Observable } from "../types.js";

/**
 * The mean of P_l(<x, axis>), where P_l is the Legendre polynomial of R^d: the Gegenbauer polynomial
 * C_l^{(d/2-1)} scaled to P_l(1) = 1 (Chebyshev for d = 2, Legendre for d = 3), by
 * (l + d - 2) P_{l+1}(t) = (2l + d - 2) t P_l(t) - l P_{l-1}(t) (C. Müller, Spherical Harmonics, 1966).
 * `axis` is a unit vector of R^d; a RangeError says what is wrong with it, with l, or with a
 * point of the law that is no unit vector.
 */
export function zonalMoment(l: number, axis: ArrayLike<number>): Observable {
  if (!(Number.isInteger(l) && l >= 0))
    throw new RangeError(`zonalMoment: degree ${l}, want an integer from 0 up`);
  const d = axis.length;
  const e = Float64Array.from(axis);
  if (!(d >= 2 && Math.abs(hypot(...e) - 1) < 1e-9))
    throw new RangeError(`zonalMoment: the axis [${[...e]}] is not a unit vector of R^d, d >= 2`);
  return (law) => {
    if (law.dimension !== d)
      throw new RangeError(`zonalMoment: an axis in R^${d} for a law in R^${law.dimension}`);
    requireUnit("zonalMoment", law);
    let mean = 0;
    for (let i = 0; i < law.count; i++) {
      let t = 0;
      for (let a = 0; a < d; a++) t += law.points[i * d + a] * e[a];
      mean += law.weights[i] * legendre(l, d, t);
    }
    return mean;
  };
}

function legendre(l: number, d: number, t: number): number {
  let before = 1;
  let now = l === 0 ? 1 : t;
  for (let k = 1; k < l; k++) {
    const next = ((2 * k + d - 2) * t * now - k * before) / (k + d - 2);
    before = now;
    now = next;
  }
  return now;
}
