import { twoTo } from "./powers-of-two.js";
import { highWord } from "./words.js";

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const P1 = 6.66666666666673513e-1;
const P2 = 3.999999999940941908e-1;
const P3 = 2.857142874366239149e-1;
const P4 = 2.222219843214978396e-1;
const P5 = 1.818357216161805012e-1;
const P6 = 1.531383769920937332e-1;
const P7 = 1.479819860511658591e-1;

/**
 * log(1 + x) without loss near zero, by operations that every engine rounds alike (FreeBSD's s_log1p.c, Sun Microsystems
 * 1993: error below one unit in the last place).
 */
export function log1p(x: number): number {
  if (!(x > -1)) return x === -1 ? -Infinity : NaN;
  if (!(x < Infinity)) return x;
  if (Math.abs(x) < TINY) return x;
  if (Math.abs(x) < SMALL) return x - x * x * 0.5;
  if (x > -0.2929 && x < 0.41422) return near(x, 0, 0, 0);
  // 1 + x = 2^k (1 + f), and c what rounding took from 1 + x
  const u = 1 + x;
  const k = ((highWord(u) + 0x95f62) >> 20) - 1023;
  const c = (u >= 2 ? 1 - (u - x) : x - (u - 1)) / u;
  return near(u * twoTo(-k) - 1, k * LN2_HIGH, k * LN2_LOW, c);
}

/** log(1 + f) + c and k ln 2 in its two parts, for 1 + f in [sqrt(1/2), sqrt 2]. */
function near(f: number, kHigh: number, kLow: number, c: number): number {
  const half = 0.5 * f * f;
  if (Math.abs(f) < NEAREST) {
    if (f === 0) return kHigh + (c + kLow);
    return kHigh - (half * (1 - 0.66666666666666666 * f) - (kLow + c) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const R = z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * (P5 + z * (P6 + z * P7))))));
  return kHigh - (half - (s * (half + R) + (kLow + c)) - f);
}

/** 2^-54: below, log(1 + x) = x. */
const TINY = 5.551115123125783e-17;
/** 2^-29: below, two terms of the series do. */
const SMALL = 1.862645149230957e-9;
/** 2^-20 */
const NEAREST = 9.5367431640625e-7;
