import { twoTo } from "./powers-of-two.js";

/**
 * e^x by operations that every engine rounds alike, so that a result does not depend on where it was computed; Math.exp
 * is only promised to be near. k = round(x / ln 2), r = x - k ln 2 with ln 2 in two parts, and
 *
 *     e^r = 1 + r + r c / (2 - c),   c = r - r^2 (P1 + r^2 (P2 + … + r^2 P5))
 *
 * (FreeBSD's e_exp.c, Sun Microsystems 1993: error below one unit in the last place). The vectors of the kernels do the same
 * operations in the same order (assembly/exp.ts).
 */
export function exp(x: number): number {
  if (!(x <= LARGEST)) return x > LARGEST ? Infinity : NaN;
  if (x < SMALLEST) return 0;
  const k = x * INVERSE_LN2 + ROUND - ROUND;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k >= LEAST_POWER && k <= MOST_POWER) return y * twoTo(k);
  const half = Math.floor(k / 2);
  return y * twoTo(half) * twoTo(k - half);
}

const INVERSE_LN2 = 1.442695040888963387;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** Adding and taking away 1.5 * 2^52 rounds to the nearest integer, ties to even. */
const ROUND = 6755399441055744;
const LARGEST = 709.782712893383973096;
const SMALLEST = -745.13321910194110842;
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;

/** Between these y 2^k is rounded once; elsewhere it goes by halves. */
const LEAST_POWER = -1021;
const MOST_POWER = 1023;
