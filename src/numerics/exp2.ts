import { twoTo } from "./powers-of-two.js";

/**
 * 2^x for x in [-1021, 1023], by operations that every engine rounds alike; elsewhere it means nothing. k = round(x) and
 * f = x - k are exact, and 2^f = 1 + f (c_1 + … + c_11 f^10), even and odd powers apart, interpolates at the zeros of a
 * Chebyshev polynomial on [-1/2, 1/2] to 2e-17; the sum rounds to within 1.2 units in the last place. Neither a division nor
 * a logarithm of two in parts, so it is quicker than `exp` where the exponents can be had in base two at no cost. The
 * vectors of the kernels do the same operations in the same order (assembly/exp2.ts).
 */
export function exp2(x: number): number {
  const k = x + ROUND - ROUND;
  const f = x - k;
  const g = f * f;
  const odd = ((((C11 * g + C9) * g + C7) * g + C5) * g + C3) * g + C1;
  const even = (((C10 * g + C8) * g + C6) * g + C4) * g + C2;
  return (1 + (even * g + odd * f)) * twoTo(k);
}

/** Adding and taking away 1.5 * 2^52 rounds to the nearest integer, ties to even. */
const ROUND = 6755399441055744;
const C1 = 6.931471805599453e-1;
const C2 = 2.4022650695910097e-1;
const C3 = 5.55041086648216e-2;
const C4 = 9.618129107606802e-3;
const C5 = 1.333355814641689e-3;
const C6 = 1.5403530441881376e-4;
const C7 = 1.5252733829913582e-5;
const C8 = 1.3215442499383303e-6;
const C9 = 1.017806239865239e-7;
const C10 = 7.072603648460136e-9;
const C11 = 4.4549700323138963e-10;
