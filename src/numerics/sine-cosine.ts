import { quarterTurns } from "./quarter-turns.js";
import { fromWords, highWord } from "./words.js";

/**
 * sin and cos, by operations that every engine rounds alike: a polynomial on an eighth of a turn about the nearest quarter
 * turn, which is found exactly (FreeBSD's k_sin.c, k_cos.c, Sun Microsystems 1993: error below one unit in the last place).
 */
export function sin(x: number): number {
  if (Math.abs(x) <= EIGHTH) return sinePolynomial(x, 0);
  if (!(Math.abs(x) < Infinity)) return NaN;
  const { quarter, rest, tail } = quarterTurns(x);
  switch (quarter) {
    case 0:
      return sinePolynomial(rest, tail);
    case 1:
      return cosinePolynomial(rest, tail);
    case 2:
      return -sinePolynomial(rest, tail);
    default:
      return -cosinePolynomial(rest, tail);
  }
}

export function cos(x: number): number {
  if (Math.abs(x) <= EIGHTH) return cosinePolynomial(x, 0);
  if (!(Math.abs(x) < Infinity)) return NaN;
  const { quarter, rest, tail } = quarterTurns(x);
  switch (quarter) {
    case 0:
      return cosinePolynomial(rest, tail);
    case 1:
      return -sinePolynomial(rest, tail);
    case 2:
      return -cosinePolynomial(rest, tail);
    default:
      return sinePolynomial(rest, tail);
  }
}

/** pi / 4 */
const EIGHTH = 0.78539816339744830962;

const S1 = -1.66666666666666324348e-1;
const S2 = 8.33333333332248946124e-3;
const S3 = -1.98412698298579493134e-4;
const S4 = 2.75573137070700676789e-6;
const S5 = -2.50507602534068634195e-8;
const S6 = 1.58969099521155010221e-10;

/** sin(x + tail) for |x| <= pi / 4. */
function sinePolynomial(x: number, tail: number): number {
  if (Math.abs(x) < TINY) return x;
  const z = x * x;
  const v = z * x;
  const r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  if (tail === 0) return x + v * (S1 + z * r);
  return x - (z * (0.5 * tail - v * r) - tail - v * S1);
}

const C1 = 4.16666666666666019037e-2;
const C2 = -1.38888888888741095749e-3;
const C3 = 2.48015872894767294178e-5;
const C4 = -2.75573143513906633035e-7;
const C5 = 2.0875723212981748279e-9;
const C6 = -1.13596475577881948265e-11;

/** cos(x + tail) for |x| <= pi / 4; what is near x^2 / 2 is taken off one exactly before the rest. */
function cosinePolynomial(x: number, tail: number): number {
  const z = x * x;
  const r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
  const rest = z * r - x * tail;
  const high = highWord(x) & 0x7fffffff;
  if (high < NEAR) return 1 - (0.5 * z - rest);
  const most = high > FARTHEST ? 0.28125 : fromWords(high - 0x00200000, 0);
  return 1 - most - (0.5 * z - most - rest);
}

/** Upper words of 0.3 and 0.78125. */
const NEAR = 0x3fd33333;
const FARTHEST = 0x3fe90000;

/** 2^-27: below, sin x = x. */
const TINY = 7.450580596923828e-9;
