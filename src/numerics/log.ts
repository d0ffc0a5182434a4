import { highWord, withHighWord } from "./words.js";

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const TWO_54 = 18014398509481984;
const L1 = 6.66666666666673513e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

/**
 * The natural logarithm, by operations that every engine rounds alike. x = 2^k (1 + f), 1 + f in [sqrt(1/2), sqrt 2],
 * log(1 + f) = f - s (f - R(s^2)) with s = f / (2 + f) (FreeBSD's e_log.c, Sun Microsystems 1993: error below one unit in the
 * last place).
 */
export function log(x: number): number {
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    if (x === 0) return -Infinity;
    if (!(x > 0)) return NaN;
    k = -54;
    x *= TWO_54;
  }
  if (!(x < Infinity)) return x;
  const high = highWord(x);
  const fraction = high & 0xfffff;
  const up = (fraction + 0x95f64) & 0x100000;
  const f = withHighWord(x, fraction | (up ^ 0x3ff00000)) - 1;
  k += (high >> 20) - 1023 + (up >> 20);
  if ((0xfffff & (2 + fraction)) < 3) {
    // |f| < 2^-20
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
    const R = f * f * (0.5 - 0.33333333333333333 * f);
    return k === 0 ? f - R : k * LN2_HIGH - (R - k * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const R = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + R));
    return k * LN2_HIGH - (half - (s * (half + R) + k * LN2_LOW) - f);
  }
  if (k === 0) return f - s * (f - R);
  return k * LN2_HIGH - (s * (f - R) - k * LN2_LOW - f);
}
