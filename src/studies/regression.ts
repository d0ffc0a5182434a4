import { inverseNormal } from "../numerics/inverse-normal.js";
import { log } from "../numerics/log.js";
import { square } from "../numerics/square.js";
import { studentQuantile } from "./student.js";

export type Bounds = readonly [low: number, high: number];

/** The interval of a number of which no interval is known. */
export const UNBOUNDED: Bounds = [-Infinity, Infinity];

/** A distance from the line below this share of the numbers it comes from is rounding. */
const ROUNDING = 1e-13;

export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** Standard error of the slope. */
  readonly standardError: number;
  /** Confidence interval of the slope (95% unless asked otherwise); unbounded where the scatter is rounding. */
  readonly interval: Bounds;
}

/**
 * The least-squares line through (x_i, y_i), with an interval for its slope. Without `errors`: equal weights, the scatter
 * about the line gives the variance, Student's t with n - 2 degrees of freedom; points that lie on the line up to rounding
 * say nothing of it, and the interval is [-Infinity, Infinity]. With the known standard errors of the y_i:
 * weights 1/error^2, normal quantiles, the scatter is not used. Errors are taken as independent.
 * A RangeError below two different x (three points without `errors`), for numbers that are not finite, and for a
 * confidence that is none.
 */
export function fitLine(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  errors?: ArrayLike<number>,
  confidence = 0.95,
): Line {
  const n = x.length;
  if (n !== y.length || (errors && errors.length !== n))
    throw new RangeError(`fitLine: ${n} x for ${y.length} y${errors ? ` and ${errors.length} errors` : ""}`);
  if (n < (errors ? 2 : 3)) throw new RangeError(`fitLine: ${n} points, want at least ${errors ? 2 : 3}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`fitLine: confidence is ${confidence}, want a number above 0 and below 1`);
  const weight = lineWeights(x, errors);
  let slope = 0;
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i]))
      throw new RangeError(`fitLine: point ${i} is (${x[i]}, ${y[i]}), want finite numbers`);
    slope += weight.slope[i] * y[i];
    meanX += weight.mean[i] * x[i];
    meanY += weight.mean[i] * y[i];
  }
  const intercept = meanY - slope * meanX;
  let variance = 0;
  let scatters = errors !== undefined;
  for (let i = 0; i < n; i++) {
    const residual = y[i] - intercept - slope * x[i];
    scatters ||=
      Math.abs(residual) > ROUNDING * (Math.abs(y[i]) + Math.abs(intercept) + Math.abs(slope * x[i]));
    variance += square(weight.slope[i]) * (errors ? square(errors[i]) : 0);
    if (!errors) variance += (residual * residual * weight.slopeNorm) / (n - 2);
  }
  const standardError = Math.sqrt(variance);
  const p = (1 + confidence) / 2;
  const reach = standardError * (errors ? inverseNormal(p) : studentQuantile(p, n - 2));
  return {
    slope,
    intercept,
    standardError,
    interval: scatters ? [slope - reach, slope + reach] : UNBOUNDED,
  };
}

/** `fitLine` of log y against log x: y ~ x^slope. `relative` are standard errors of y over y. Positive numbers only. */
export function fitPower(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  relative?: ArrayLike<number>,
  confidence = 0.95,
): Line {
  const logOf = (v: number): number => {
    if (!(v > 0)) throw new RangeError(`fitPower: ${v} has no logarithm, want positive numbers`);
    return log(v);
  };
  return fitLine(Array.from(x, logOf), Array.from(y, logOf), relative, confidence);
}

/**
 * The line's slope as a linear functional sum_i slope[i] y_i of the data, weights 1/errors^2 (equal without), the weighted
 * `mean`, and sum slope[i]^2.
 */
export function lineWeights(
  x: ArrayLike<number>,
  errors?: ArrayLike<number>,
): { slope: Float64Array; mean: Float64Array; slopeNorm: number } {
  const mean = Float64Array.from(x, (_, i) => (errors ? 1 / square(errors[i]) : 1));
  const total = mean.reduce((s, w) => s + w, 0);
  if (!(total > 0 && total < Infinity))
    throw new RangeError("fitLine: errors must be positive, finite numbers");
  mean.forEach((w, i) => (mean[i] = w / total));
  const centre = mean.reduce((s, w, i) => s + w * x[i], 0);
  const spread = mean.reduce((s, w, i) => s + w * square(x[i] - centre), 0);
  if (!(spread > 0)) throw new RangeError("fitLine: all x are equal, want at least two different ones");
  const slope = mean.map((w, i) => (w * (x[i] - centre)) / spread);
  return { slope, mean, slopeNorm: slope.reduce((s, c) => s + c * c, 0) };
}
