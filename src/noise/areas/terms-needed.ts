import { power } from "../../numerics/power.js";
import { square } from "../../numerics/square.js";
import type { AreaMethod } from "./method.js";
import { mrongowiusRoesslerArea } from "./mrongowius-roessler.js";

/** More terms than this are a mistake in the error asked for, not a plan. */
const LIMIT = 2 ** 31;

/** The stated mean-square error of one area entry with `terms` terms: constant(K) h^2 / p^order. */
export function statedMeanSquare(method: AreaMethod, h: number, channels: number, terms: number): number {
  return (method.constant(channels) * h * h) / power(terms, method.order);
}

/**
 * The smallest p for which the root mean-square error of every entry is stated to be at most `error`. The default
 * h^{3/2} is what strong order one needs. Kastner, Rößler, arXiv:2201.08424:
 * p = sqrt(K/12) / (pi sqrt(h)) (Mrongowius-Rößler), sqrt(5K/12) / (pi sqrt(h)) (Wiktorsson),
 * 1 / (2 pi^2 h) (Milstein), 3 / (2 pi^2 h) (Fourier), rounded up.
 * Throws a RangeError for h or error that are not positive and for errors out of the method's reach.
 */
export function termsNeeded(
  h: number,
  channels: number,
  error: number = h * Math.sqrt(h),
  method: AreaMethod = mrongowiusRoesslerArea,
): number {
  if (!(h > 0 && h < Infinity)) throw new RangeError(`termsNeeded: h is ${h}, want a positive number`);
  if (!(Number.isInteger(channels) && channels >= 1)) {
    throw new RangeError(`termsNeeded: channels is ${channels}, want a positive integer`);
  }
  if (!(error > 0)) throw new RangeError(`termsNeeded: error is ${error}, want a positive number`);
  const terms = Math.ceil(power(method.constant(channels) * square(h / error), 1 / method.order));
  if (!(terms < LIMIT)) {
    throw new RangeError(
      `termsNeeded: an error of ${error} at h = ${h} takes ${terms} terms of ${method.name}`,
    );
  }
  return Math.max(1, terms);
}
