import { highWord } from "./words.js";

const LEAST = -1074;
const MOST = 1023;

const POWERS = powers();

/** [MOST - LEAST + 1] 2^k for k from LEAST to MOST. */
function powers(): Float64Array {
  const out = new Float64Array(MOST - LEAST + 1);
  out[0] = Number.MIN_VALUE;
  for (let i = 1; i < out.length; i++) out[i] = 2 * out[i - 1];
  return out;
}

/** 2^k exactly, for whole k from -1074 to 1023. */
export const twoTo = (k: number): number => POWERS[k - LEAST];

/** The k with 2^k <= |x| < 2^(k+1), for a normal double: log2 |x| rounded down. */
export const exponentOf = (x: number): number => ((highWord(x) >> 20) & 0x7ff) - 1023;

/** Whether x is one of 1, 2, 4, 8, ... */
export const isPowerOfTwo = (x: number): boolean => x >= 1 && x === twoTo(exponentOf(x));
