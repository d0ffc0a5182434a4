import { exp } from "./exp.js";
import { fromWords } from "./words.js";

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;
const ROUND = 6755399441055744;
const Q1 = -3.33333333333331316428e-2;
const Q2 = 1.58730158725481460165e-3;
const Q3 = -7.93650757867487942473e-5;
const Q4 = 4.00821782732936239552e-6;
const Q5 = -2.01099218183624371326e-7;

/**
 * e^x - 1 without loss near zero, by operations that every engine rounds alike (FreeBSD's s_expm1.c, Sun Microsystems 1993:
 * error below one unit in the last place). Far out, where the one is nothing, it is e^x.
 */
export function expm1(x: number): number {
  if (!(Math.abs(x) >= TINY)) return x;
  if (x > FAR) return exp(x);
  if (x < -FAR) return -1;
  // x = k ln 2 + r, c what rounding took from r
  const k = Math.abs(x) > HALF_LN2 ? x * INVERSE_LN2 + ROUND - ROUND : 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const c = high - r - low;
  const half = 0.5 * r;
  const z = r * half;
  const R = 1 + z * (Q1 + z * (Q2 + z * (Q3 + z * (Q4 + z * Q5))));
  const t = 3 - R * half;
  let e = z * ((R - t) / (6 - r * t));
  if (k === 0) return r - (r * e - z);
  e = r * (e - c) - c - z;
  if (k === -1) return 0.5 * (r - e) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (e - (r + 0.5)) : 1 + 2 * (r - e);
  const power = fromWords((k + 1023) << 20, 0);
  if (k <= -2 || k > 56) return power * (1 - (e - r)) - 1;
  if (k < 20) return power * (1 - 1 / power - (e - r));
  return power * (r - (e + 1 / power) + 1);
}

/** 2^-54: below, e^x - 1 = x. */
const TINY = 5.551115123125783e-17;
const HALF_LN2 = 0.34657359027997264;
/** 56 ln 2 */
const FAR = 38.816242111356935;
