import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { log } from "./log.js";
import { log1p } from "./log1p.js";

/** The hyperbolic functions by e^x, by operations that every engine rounds alike; errors of a few units in the last place. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  const e = size < 22 ? expm1(size) : 0;
  const half = size < 22 ? 0.5 * (size < 1 ? 2 * e - (e * e) / (e + 1) : e + e / (e + 1)) : halfExp(size);
  return x < 0 || Object.is(x, -0) ? -half : half;
}

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (!(size < 22)) return halfExp(size);
  const e = exp(size);
  return 0.5 * e + 0.5 / e;
}

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 22) return x < 0 ? -1 : 1;
  const t = size >= 1 ? 1 - 2 / (expm1(2 * size) + 2) : small(size);
  return x < 0 || Object.is(x, -0) ? -t : t;
}

export function atanh(x: number): number {
  const size = Math.abs(x);
  const t = 0.5 * log1p(size < 0.5 ? 2 * size + (2 * size * size) / (1 - size) : (2 * size) / (1 - size));
  return x < 0 || Object.is(x, -0) ? -t : t;
}

export function asinh(x: number): number {
  const size = Math.abs(x);
  const t =
    size > 2 ** 28 ? log(size) + Math.LN2 : log1p(size + (size * size) / (1 + Math.sqrt(1 + size * size)));
  return x < 0 || Object.is(x, -0) ? -t : t;
}

function small(size: number): number {
  const e = expm1(-2 * size);
  return -e / (e + 2);
}

/** e^size / 2, which is finite a little longer than e^size. */
const halfExp = (size: number): number =>
  size > 709 ? 0.5 * exp(0.5 * size) * exp(0.5 * size) : 0.5 * exp(size);
