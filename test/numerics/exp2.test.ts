import { describe, expect, it } from "vitest";
import { exp2 } from "../../src/numerics/exp2.js";

const BITS = 300n;
const ONE = 1n << BITS;

/** ln 2 = sum_k 1 / (k 2^k), over 2^300. */
function ln2(): bigint {
  let sum = 0n;
  for (let k = 1n; k < 400n; k++) sum += (ONE >> k) / k;
  return sum;
}

/** 2^f for f = m / 2^60, over 2^300, by the series of e^{f ln 2}. */
function exact(m: bigint, LN2: bigint): bigint {
  const t = (m * LN2) >> 60n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; k < 80n; k++) {
    term = (term * t) / ONE / k;
    sum += term;
  }
  return sum;
}

describe("exp2", () => {
  it("is within 1.2 units in the last place", () => {
    const LN2 = ln2();
    let worst = 0;
    for (let i = 0; i < 4000; i++) {
      const f = Math.round(2 ** 54 * 0.5 * Math.sin(1 + 7.3 * i)) / 2 ** 54;
      const value = exp2(f);
      const unit = value < 1 ? 2 ** -53 : 2 ** -52;
      const difference =
        (BigInt(value / unit) << 240n) * BigInt(unit * 2 ** 60) - exact(BigInt(f * 2 ** 60), LN2);
      worst = Math.max(
        worst,
        Math.abs(Number((1000n * difference) / (BigInt(unit * 2 ** 60) << 240n)) / 1000),
      );
    }
    expect(worst).toBeLessThan(1.2);
    expect(worst).toBeGreaterThan(0.5);
  });

  it("is exact at integers, and scales exactly, over all of its range", () => {
    for (const k of [-1021, -1020, -1, 0, 1, 52, 1022, 1023]) expect(exp2(k)).toBe(2 ** k);
    expect(exp2(-0)).toBe(1);
    for (const k of [-1021, -600, -3, 7, 1022]) expect(exp2(k + 0.25)).toBe(exp2(0.25) * 2 ** k);
    expect(exp2(NaN)).toBe(NaN);
  });
});
