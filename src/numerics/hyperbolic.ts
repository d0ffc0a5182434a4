import { exp } from "./exp.js";
import { expm1 } from "./expm1.js";
import { log } from "./log.js";
import { log1p } from "./log1p.js";

/**
 * The hyperbolic functions by e^x and log x, by operations that every engine rounds alike (FreeBSD's e_sinh.c, e_cosh.c,
 * s_tanh.c, e_atanh.c and s_asinh.c, Sun Microsystems 1993: errors below two units in the last place).
 */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (!(size < 22)) return x < 0 ? -halfExp(size) : halfExp(size);
  const half = x < 0 ? -0.5 : 0.5;
  const e = expm1(size);
  return half * (size < 1 ? 2 * e - (e * e) / (e + 1) : e + e / (e + 1));
}

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size < HALF_LN2) {
    const e = expm1(size);
    return 1 + (e * e) / (2 * (1 + e));
  }
  if (!(size < 22)) return halfExp(size);
  const e = exp(size);
  return 0.5 * e + 0.5 / e;
}

export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY)) return x;
  if (size >= 22) return x < 0 ? -1 : 1;
  const e = expm1(size >= 1 ? 2 * size : -2 * size);
  const t = size >= 1 ? 1 - 2 / (e + 2) : -e / (e + 2);
  return x < 0 ? -t : t;
}

export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  const twice = size + size;
  const t = 0.5 * log1p(size < 0.5 ? twice + (twice * size) / (1 - size) : twice / (1 - size));
  return x < 0 ? -t : t;
}

export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY)) return x;
  const t = size > LARGE ? log(size) + Math.LN2 : size > 2 ? logOfSum(size) : log1pOfSum(size);
  return x < 0 ? -t : t;
}

const logOfSum = (x: number): number => log(2 * x + 1 / (Math.sqrt(x * x + 1) + x));

const log1pOfSum = (x: number): number => log1p(x + (x * x) / (1 + Math.sqrt(1 + x * x)));

/** e^size / 2, which is finite a little longer than e^size. */
function halfExp(size: number): number {
  if (size < OVERFLOWS) return 0.5 * exp(size);
  const root = exp(0.5 * size);
  return 0.5 * root * root;
}

const HALF_LN2 = 0.34657359027997264;
const OVERFLOWS = 709.7822265625;
/** 2^-28: below, all but the hyperbolic cosine are x itself. */
const TINY = 3.725290298461914e-9;
/** 2^28: beyond, x + sqrt(x^2 + 1) = 2 x. */
const LARGE = 268435456;
