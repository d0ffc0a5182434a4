import { highWord, withHighWord } from "./words.js";

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
  if (Math.abs(x) < 2 ** -54) return x;
  if (Math.abs(x) < 2 ** -29) return x - x * x * 0.5;
  let k = 0;
  let c = 0;
  let f = x;
  let up = 1;
  if (!(x > -0.2929 && x < 0.41422)) {
    // 1 + x = 2^k (1 + f), and c what rounding took from 1 + x
    const u = 1 + x;
    const high = highWord(u);
    k = (high >> 20) - 1023;
    c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u;
    up = high & 0xfffff;
    if (up < 0x6a09e) f = withHighWord(u, up | 0x3ff00000) - 1;
    else {
      k++;
      f = withHighWord(u, up | 0x3fe00000) - 1;
      up = (0x100000 - up) >> 2;
    }
  }
  const half = 0.5 * f * f;
  if (up === 0) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (c + k * LN2_LOW);
    const R = half * (1 - 0.66666666666666666 * f);
    return k === 0 ? f - R : k * LN2_HIGH - (R - (k * LN2_LOW + c) - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const R = z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * (P5 + z * (P6 + z * P7))))));
  if (k === 0) return f - (half - s * (half + R));
  return k * LN2_HIGH - (half - (s * (half + R) + (k * LN2_LOW + c)) - f);
}
