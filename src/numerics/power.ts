import { twoTo } from "./powers-of-two.js";
import { fromWords, highWord, withHighWord, withoutLowWord } from "./words.js";

const L1 = 5.99999999999994648725e-1;
const L2 = 4.28571428578550184252e-1;
const L3 = 3.33333329818377432918e-1;
const L4 = 2.72728123808534006489e-1;
const L5 = 2.30660745775561754067e-1;
const L6 = 2.06975017800338417784e-1;
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;
const LN2 = 6.93147180559945286227e-1;
const LN2_HIGH = 6.93147182464599609375e-1;
const LN2_LOW = -1.90465429995776804525e-9;
/** 2 / (3 ln 2) */
const CP = 9.61796693925975554329e-1;
const CP_HIGH = 9.61796700954437255859e-1;
const CP_LOW = -7.02846165095275826516e-9;
/** log2 3/2 */
const LOG2_HALVES_HIGH = 5.84962487220764160156e-1;
const LOG2_HALVES_LOW = 1.35003920212974897128e-8;
const TWO_53 = 9007199254740992;
const ROUND = 6755399441055744;
/** How far 1024 lies above the least y with 2^y infinite. */
const OVERFLOW_MARGIN = 8.0085662595372944372e-17;

/**
 * x^y with the special values of Math.pow, by operations that every engine rounds alike: 2^(y log2 |x|), the logarithm in two
 * parts (FreeBSD's e_pow.c, Sun Microsystems 1993: error below 0.7 units in the last place, so that whole powers of whole
 * numbers are exact where a double holds them).
 */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (y === 0.5 && x > 0) return Math.sqrt(x);
  const size = Math.abs(x);
  if (Number.isNaN(x) || Number.isNaN(y) || (size === 1 && Math.abs(y) === Infinity)) return NaN;
  const sign = (x < 0 || Object.is(x, -0)) && isOdd(y) ? -1 : 1;
  if (Math.abs(y) === Infinity) return size > 1 === y > 0 ? Infinity : 0;
  if (size === 0 || size === Infinity) return sign * (y > 0 ? size : 1 / size);
  if (x < 0 && !Number.isInteger(y)) return NaN;
  if (size === 1) return sign;
  if (Math.abs(y) > FARTHEST) return sign * (size > 1 === y > 0 ? Infinity : 0);
  const { head, tail } = log2(size);
  const yHead = withoutLowWord(y);
  return sign * exp2(yHead * head, (y - yHead) * head + y * tail);
}

const isOdd = (y: number): boolean => Math.abs(y) < TWO_53 && Math.abs(y % 2) === 1;

/** 2^64: beyond, any power but of one overflows or vanishes. */
const FARTHEST = 18446744073709551616;

/** log2 x of a positive double as head + tail, the head of half the digits. */
function log2(x: number): { readonly head: number; readonly tail: number } {
  let exponent = 0;
  if (x < 2.2250738585072014e-308) {
    x *= TWO_53;
    exponent = -53;
  }
  const word = highWord(x);
  exponent += (word >> 20) - 1023;
  const fraction = word & 0xfffff;
  // x = 2^exponent m with m near one, or near 3/2 where `halves`
  const halves = fraction > NEAR_ONE && fraction < NEAR_TWO;
  if (fraction >= NEAR_TWO) exponent++;
  const high = fraction | (fraction >= NEAR_TWO ? 0x3fe00000 : 0x3ff00000);
  const m = withHighWord(x, high);
  const base = halves ? 1.5 : 1;
  // s = (m - base) / (m + base) in two parts
  const u = m - base;
  const v = 1 / (m + base);
  const s = u * v;
  const sHead = withoutLowWord(s);
  const sum = fromWords(((high >> 1) | 0x20000000) + 0x00080000 + (halves ? 0x40000 : 0), 0);
  const sTail = v * (u - sHead * sum - sHead * (m - (sum - base)));
  // log m = 2 s + 2/3 s^3 + …, in units of CP
  const z = s * s;
  let r = z * z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * L6)))));
  r += sTail * (sHead + s);
  const squared = sHead * sHead;
  const t = withoutLowWord(3 + squared + r);
  const tTail = r - (t - 3 - squared);
  const a = sHead * t;
  const b = sTail * t + tTail * s;
  const p = withoutLowWord(a + b);
  const pTail = b - (p - a);
  const zHead = CP_HIGH * p;
  const zTail = CP_LOW * p + pTail * CP + (halves ? LOG2_HALVES_LOW : 0);
  const start = halves ? LOG2_HALVES_HIGH : 0;
  const head = withoutLowWord(zHead + zTail + start + exponent);
  return { head, tail: zTail - (head - exponent - start - zHead) };
}

/** Fractions of sqrt(3/2) and sqrt 3. */
const NEAR_ONE = 0x3988e;
const NEAR_TWO = 0xbb67a;

/** 2^(head + tail). */
function exp2(head: number, tail: number): number {
  const z = head + tail;
  if (z > 1024 || (z === 1024 && tail + OVERFLOW_MARGIN > z - head)) return Infinity;
  if (z < -1075 || (z === -1075 && tail <= z - head)) return 0;
  const n = Math.abs(z) > 0.5 ? nearest(z) : 0;
  const rest = head - n;
  const t = withoutLowWord(tail + rest);
  const u = t * LN2_HIGH;
  const v = (tail - (t - rest)) * LN2 + t * LN2_LOW;
  const y = u + v;
  const w = v - (y - u);
  const square = y * y;
  const c = y - square * (P1 + square * (P2 + square * (P3 + square * (P4 + square * P5))));
  const value = 1 - ((y * c) / (c - 2) - (w + y * w) - y);
  // by halves of the exponent, both of which are in range
  const half = n >> 1;
  return value * twoTo(half) * twoTo(n - half);
}

const nearest = (z: number): number => z + ROUND - ROUND;
