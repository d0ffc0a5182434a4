import { withoutLowWord } from "./words.js";

/** pi / 2 and what rounding took from it. */
const RIGHT = 1.570796326794896558;
const RIGHT_LOW = 6.12323399573676603587e-17;
/** pi / 4 */
const EIGHTH = 7.85398163397448278999e-1;
const P0 = 1.66666666666666657415e-1;
const P1 = -3.25565818622400915405e-1;
const P2 = 2.01212532134862925881e-1;
const P3 = -4.00555345006794114027e-2;
const P4 = 7.91534994289814532176e-4;
const P5 = 3.4793310759602116757e-5;
const Q1 = -2.40339491173441421878;
const Q2 = 2.02094576023350569471;
const Q3 = -6.8828397160545329303e-1;
const Q4 = 7.70381505559019352791e-2;

/**
 * The angle in [-pi / 2, pi / 2] whose sine is x, by operations that every engine rounds alike; NaN outside [-1, 1]. Near the
 * ends it is pi / 2 less twice the arcsine of the root of (1 - |x|) / 2 (FreeBSD's e_asin.c, Sun Microsystems 1993: error
 * below one unit in the last place).
 */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1)) return size === 1 ? x * RIGHT + x * RIGHT_LOW : NaN;
  if (size < TINY) return x;
  if (size < 0.5) return x + x * excess(x * x);
  const z = (1 - size) * 0.5;
  const root = Math.sqrt(z);
  const angle = size >= 0.975 ? nearEnd(z, root) : farther(z, root);
  return x < 0 ? -angle : angle;
}

/** The angle in [0, pi] whose cosine is x; NaN outside [-1, 1] (FreeBSD's e_acos.c). */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1)) return x === 1 ? 0 : x === -1 ? Math.PI : NaN;
  if (size < 0.5) return RIGHT - (x - (RIGHT_LOW - x * excess(x * x)));
  const z = (1 - size) * 0.5;
  const root = Math.sqrt(z);
  if (x < 0) return Math.PI - 2 * (root + (excess(z) * root - RIGHT_LOW));
  const head = withoutLowWord(root);
  const rest = (z - head * head) / (root + head);
  return 2 * (head + (excess(z) * root + rest));
}

/** (arcsin x - x) / x of t = x^2 <= 1 / 4. */
function excess(t: number): number {
  const p = t * (P0 + t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5)))));
  const q = 1 + t * (Q1 + t * (Q2 + t * (Q3 + t * Q4)));
  return p / q;
}

const nearEnd = (z: number, root: number): number => RIGHT - (2 * (root + root * excess(z)) - RIGHT_LOW);

/** The same with the root in two parts. */
function farther(z: number, root: number): number {
  const head = withoutLowWord(root);
  const rest = (z - head * head) / (root + head);
  return EIGHTH - (2 * root * excess(z) - (RIGHT_LOW - 2 * rest) - (EIGHTH - 2 * head));
}

/** 2^-27: below, arcsin x = x. */
const TINY = 7.450580596923828e-9;
