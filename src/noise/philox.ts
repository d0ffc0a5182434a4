/**
 * Philox 4x32-10, a counter-based generator: a bijection of 128-bit counters under a 64-bit key, whose values pass as
 * independent random words. Nothing is remembered between calls.
 * Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC '11, section 3.3 and table 2.
 */

/** Multipliers of the two halves, M0 and M1; the high product word takes their 16-bit halves. */
const M0 = 0xd2511f53;
const M0_LOW = M0 & 0xffff;
const M0_HIGH = M0 >>> 16;
const M1 = 0xcd9e8d57;
const M1_LOW = M1 & 0xffff;
const M1_HIGH = M1 >>> 16;

/** Weyl increments of the key: the golden ratio and the square root of three minus one. */
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

const ROUNDS = 10;

/** High 32 bits of a * (low + 2^16 high). No partial sum passes 2^32, so wrapping 32-bit arithmetic is exact. */
function highProduct(a: number, low: number, high: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const middle = Math.imul(aHigh, low) + (Math.imul(aLow, low) >>> 16);
  const cross = Math.imul(aLow, high) + (middle & 0xffff);
  return (Math.imul(aHigh, high) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/** out[0..3] = the four random words at counter (c0, c1, c2, c3) under key (k0, k1); every word modulo 2^32. */
export function philox(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
): void {
  let a = c0 | 0;
  let b = c1 | 0;
  let c = c2 | 0;
  let d = c3 | 0;
  let s = k0 | 0;
  let t = k1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const nextA = highProduct(c, M1_LOW, M1_HIGH) ^ b ^ s;
    const nextC = highProduct(a, M0_LOW, M0_HIGH) ^ d ^ t;
    b = Math.imul(c, M1);
    d = Math.imul(a, M0);
    a = nextA;
    c = nextC;
    s = (s + W0) | 0;
    t = (t + W1) | 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}
