import { describe, expect, it } from "vitest";
import { exp } from "../../src/numerics/exp.js";

/** e^x as a rational with 200 bits behind the point, by its series on x / 2^20 and twenty squarings; x a double in [-20, 20]. */
function exact(x: number): bigint {
  const ONE = 1n << 400n;
  // A double is an integer over a power of two.
  const scaled = BigInt(x * 2 ** 70 >= 0 ? Math.floor(x * 2 ** 70) : Math.ceil(x * 2 ** 70));
  const small = (scaled << 330n) >> 20n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && k < 80n; k++) {
    term = (term * small) / ONE / k;
    sum += term;
  }
  for (let i = 0; i < 20; i++) sum = (sum * sum) / ONE;
  return sum;
}

/** The distance of a double from an exact value over 2^400, in units of its last place. */
function ulps(value: number, of: bigint): number {
  const exponent = Math.floor(Math.log2(value));
  const scaled = BigInt(value * 2 ** (52 - exponent)) << BigInt(400 + exponent - 52);
  const difference = scaled - of;
  return Number((difference * 1000n) >> BigInt(400 + exponent - 52)) / 1000;
}

describe("exp", () => {
  it("is within one unit in the last place", () => {
    let worst = 0;
    for (let i = 0; i < 4000; i++) {
      const x = (i % 2 ? 20 : 0.4) * Math.sin(1 + 7.3 * i);
      // Numbers of 50 bits behind the point, so that the reference has them exactly.
      const rounded = Math.round(x * 2 ** 45) / 2 ** 45;
      worst = Math.max(worst, Math.abs(ulps(exp(rounded), exact(rounded))));
    }
    expect(worst).toBeLessThan(1);
    expect(worst).toBeGreaterThan(0.5);
  });

  it("ends where doubles end", () => {
    expect([exp(710), exp(Infinity), exp(-746), exp(-Infinity), exp(NaN)]).toEqual([
      Infinity,
      Infinity,
      0,
      0,
      NaN,
    ]);
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(-745.1)).toBe(Number.MIN_VALUE);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(709.782712893384)).toBe(1.7976931348622732e308);
    expect(exp(-720) / Math.exp(-720)).toBeCloseTo(1, 10);
  });
});
