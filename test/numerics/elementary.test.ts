import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acos, asin } from "../../src/numerics/arcsine.js";
import { atan, atan2 } from "../../src/numerics/arctangent.js";
import { exp } from "../../src/numerics/exp.js";
import { expm1 } from "../../src/numerics/expm1.js";
import { asinh, atanh, cosh, sinh, tanh } from "../../src/numerics/hyperbolic.js";
import { hypot } from "../../src/numerics/hypot.js";
import { log } from "../../src/numerics/log.js";
import { log1p } from "../../src/numerics/log1p.js";
import { power } from "../../src/numerics/power.js";
import { exponentOf, isPowerOfTwo, twoTo } from "../../src/numerics/powers-of-two.js";
import { cos, sin } from "../../src/numerics/sine-cosine.js";
import bits from "./elementary.bits.json" with { type: "json" };
import golden from "./elementary.golden.json" with { type: "json" };

const FUNCTIONS: Readonly<Record<keyof typeof golden.functions, (...x: number[]) => number>> = {
  exp,
  expm1,
  log,
  log1p,
  sin,
  cos,
  sinh,
  cosh,
  tanh,
  atanh,
  asinh,
  atan,
  asin,
  acos,
  atan2,
  power,
  hypot,
};
const names = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];

/** What is claimed of an error, in units of the last place, where that is not one. */
const CLAIMED: Readonly<Partial<Record<keyof typeof FUNCTIONS, number>>> = {
  power: 0.7,
  sinh: 2,
  cosh: 2,
  tanh: 2,
  asinh: 2,
  atanh: 2,
  hypot: 2,
};

const ordered = (x: number): bigint => {
  const all = new BigInt64Array(Float64Array.of(x).buffer)[0];
  return all < 0n ? -(all & 0x7fffffffffffffffn) : all;
};
/** How many doubles lie from a to b. */
const between = (a: number, b: number): number => Number(ordered(b) - ordered(a));

/** The double `k` places above x. */
function stepped(x: number, k: number): number {
  const place = ordered(x) + BigInt(k);
  const all = place < 0n ? -place | -0x8000000000000000n : place;
  return new Float64Array(BigInt64Array.of(BigInt.asIntN(64, all)).buffer)[0];
}

const toHex = (x: number): string =>
  new BigUint64Array(Float64Array.of(x).buffer)[0].toString(16).padStart(16, "0");
const fromHex = (hex: string): number => new Float64Array(BigUint64Array.of(BigInt(`0x${hex}`)).buffer)[0];

/** A number for the bits of all values in their order: any that differs makes another (FNV-1a). */
function digest(values: readonly number[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const v of values) {
    hash ^= BigInt(`0x${toHex(v)}`);
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return hash.toString(16);
}

/** Doubles of every size and of both signs. */
const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true });

describe("elementary functions", () => {
  it.each(names)("%s is right to the last place or so", (name) => {
    const rows = golden.functions[name] as unknown as readonly (readonly [number[], number, number])[];
    expect(rows.length).toBeGreaterThan(200);
    const errors = rows.map(([x, value, rest]) => Math.abs(between(value, FUNCTIONS[name](...x)) - rest));
    // The rests are rounded to three places.
    expect(Math.max(...errors)).toBeLessThanOrEqual((CLAIMED[name] ?? 1) + 0.001);
    // Most are the nearest double: a coefficient that is off in its last digits would show here.
    expect(errors.filter((error) => error <= 0.501).length).toBeGreaterThan(0.5 * rows.length);
  });

  it.each(names)("%s gives the same bits on every engine", (name) => {
    const rows = bits.functions[name];
    expect(rows.length).toBeGreaterThanOrEqual(10);
    const found = rows.map((row) => {
      const x = row.slice(0, -1);
      return [...x, toHex(FUNCTIONS[name](...x.map(fromHex)))];
    });
    expect(found).toEqual(rows);
    // and over all rows of the golden file, in a number
    const all = golden.functions[name] as unknown as readonly (readonly [number[]])[];
    expect(digest(all.map(([x]) => FUNCTIONS[name](...x)))).toBe(bits.digests[name]);
  });

  it("stays near the engine's own on many arguments", () => {
    const uniform = fc.double({ noNaN: true, min: -30, max: 30 });
    const one = fc.double({ noNaN: true, min: -1, max: 1 });
    for (const name of names) {
      if (name === "power" || name === "atan2" || name === "hypot") continue;
      fc.assert(
        fc.property(fc.oneof(anyDouble, uniform, one), (x) => {
          const [ours, theirs] = [FUNCTIONS[name](x), Math[name](x)];
          if (Number.isNaN(theirs)) expect(ours).toBeNaN();
          // twice what either claims
          else expect(Math.abs(between(ours, theirs))).toBeLessThanOrEqual(2 * (CLAIMED[name] ?? 1));
        }),
        { seed: 2, numRuns: 3000 },
      );
    }
  });

  it("rises or falls across the seams of its pieces", () => {
    const { LN2 } = Math;
    const seams: readonly (readonly [(x: number) => number, number[]])[] = [
      [exp, [-1.5 * LN2, -0.5 * LN2, 0.5 * LN2, 1.5 * LN2, 1, -708, 709]],
      [expm1, [-0.5 * LN2, -1.5 * LN2, 0.5 * LN2, 1.5 * LN2, 19.5 * LN2, 56.5 * LN2]],
      [log, [Math.SQRT1_2, Math.SQRT2, 1, 2, 1 + 2 ** -20, 1 - 2 ** -20, 2 ** -1022]],
      [log1p, [-0.2929, 0.41422, 2 ** -29, 2 ** -54, 1, 2 ** 53]],
      [sin, [Math.PI / 4, -Math.PI / 4, 2 ** -27]],
      [(x) => -cos(x), [Math.PI / 4, 0.3, 0.78125]],
      [sinh, [1, 22, 709.7822265625, 2 ** -28]],
      [cosh, [0.5 * LN2, 22, 709.7822265625]],
      [tanh, [1, 22, 2 ** -28]],
      [atanh, [0.5, 2 ** -28]],
      [asinh, [2, 2 ** 28, 2 ** -28]],
      [atan, [0.4375, 0.6875, 1.1875, 2.4375, 2 ** 66, 2 ** -27]],
      [asin, [0.5, 0.975, -0.5, 2 ** -27]],
      [(x) => -acos(x), [0.5, -0.5, 0]],
    ];
    for (const [f, points] of seams) {
      for (const point of points) {
        let last = f(stepped(point, -201));
        for (let k = -200; k <= 200; k++) {
          const next = f(stepped(point, k));
          // by a last place or so where the pieces meet, and no more
          expect(between(last, next)).toBeGreaterThanOrEqual(-1);
          last = next;
        }
      }
    }
  });

  it("is odd or even to the bit", () => {
    fc.assert(
      fc.property(anyDouble, anyDouble, (x, y) => {
        for (const f of [sin, sinh, tanh, atanh, asinh, atan, asin]) expect(f(-x)).toBe(-f(x));
        for (const f of [cos, cosh]) expect(f(-x)).toBe(f(x));
        expect(atan2(-y, x)).toBe(-atan2(y, x));
        expect(hypot(y, -x)).toBe(hypot(y, x));
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("ends as the standard says", () => {
    const infinite = Infinity;
    expect([exp(-infinite), exp(infinite), exp(-746), exp(710), exp(NaN), exp(-0)]).toEqual([
      0,
      infinite,
      0,
      infinite,
      NaN,
      1,
    ]);
    expect([log(0), log(-0), log(-1), log(infinite), log(1), log(NaN)]).toEqual([
      -infinite,
      -infinite,
      NaN,
      infinite,
      0,
      NaN,
    ]);
    expect([log1p(-1), log1p(-2), log1p(infinite), log1p(-0)]).toEqual([-infinite, NaN, infinite, -0]);
    expect([expm1(-infinite), expm1(infinite), expm1(NaN), expm1(-0)]).toEqual([-1, infinite, NaN, -0]);
    expect([sin(infinite), cos(-infinite), sin(NaN), sin(-0), cos(0)]).toEqual([NaN, NaN, NaN, -0, 1]);
    expect([tanh(infinite), tanh(-800), tanh(-0), tanh(NaN)]).toEqual([1, -1, -0, NaN]);
    expect([sinh(-infinite), cosh(infinite), cosh(711), sinh(-0), cosh(NaN), sinh(NaN)]).toEqual([
      -infinite,
      infinite,
      infinite,
      -0,
      NaN,
      NaN,
    ]);
    expect([atanh(1), atanh(-1), atanh(2), atanh(NaN), asinh(-infinite), asinh(-0)]).toEqual([
      infinite,
      -infinite,
      NaN,
      NaN,
      -infinite,
      -0,
    ]);
    expect([asin(2), acos(-2), asin(1), acos(-1), acos(1), asin(-0), acos(NaN)]).toEqual([
      NaN,
      NaN,
      Math.PI / 2,
      Math.PI,
      0,
      -0,
      NaN,
    ]);
    expect([atan(infinite), atan(-infinite), atan(-0), atan(NaN)]).toEqual([
      Math.PI / 2,
      -Math.PI / 2,
      -0,
      NaN,
    ]);
  });

  it("has the angles, norms and powers of all special points", () => {
    const special = [0, 0.5, 1, 2, 3, 5e-324, 1e300, Infinity].flatMap((v) => [v, -v]).concat(NaN);
    const pairs = [
      [atan2, Math.atan2],
      [hypot, Math.hypot],
      [power, Math.pow],
    ] as const;
    for (const [ours, theirs] of pairs)
      for (const y of special)
        for (const x of special) {
          const [found, wanted] = [ours(y, x), theirs(y, x)];
          if (Number.isFinite(wanted) && wanted !== 0) {
            expect(Math.abs(between(found, wanted))).toBeLessThanOrEqual(2);
          } else expect(found).toBe(wanted);
        }
  });

  it("has whole powers of whole numbers exactly", () => {
    for (let base = 2n; base <= 60n; base++)
      for (let n = 1n; base ** n < 2n ** 53n; n++)
        expect(power(Number(base), Number(n))).toBe(Number(base ** n));
  });

  it("has sines of any angle, by the same quarter turns", () => {
    fc.assert(
      fc.property(anyDouble, (x) => {
        const [s, c] = [sin(x), cos(x)];
        expect(Math.abs(s * s + c * c - 1)).toBeLessThan(1e-15);
      }),
      { seed: 1, numRuns: 1000 },
    );
    // The double nearest to a whole number of quarter turns: 2^-61 of one away.
    expect(cos(6381956970095103 * 2 ** 797)).toBe(-4.68716592425462761112e-19);
  });

  it("has norms that neither overflow nor vanish", () => {
    expect(hypot(3, 4)).toBe(5);
    expect(hypot(3e300, 4e300)).toBe(5e300);
    expect(hypot(3e-320, 4e-320)).toBe(5e-320);
    expect([hypot(), hypot(0, -0), hypot(1, Infinity), hypot(NaN, Infinity), hypot(1, NaN)]).toEqual([
      0,
      0,
      Infinity,
      Infinity,
      NaN,
    ]);
  });

  it("knows powers of two", () => {
    for (let k = -1074; k <= 1023; k++) {
      expect(toHex(twoTo(k))).toBe(toHex(2 ** k));
      if (k >= -1022) expect([exponentOf(twoTo(k)), exponentOf(-1.999 * twoTo(k))]).toEqual([k, k]);
    }
    expect([1, 2, 1024, 2 ** 60, 2 ** 1023].every(isPowerOfTwo)).toBe(true);
    expect([0, 0.5, -2, 3, 2 ** 52 + 1, 1 + 2 ** -52, Infinity, NaN].some(isPowerOfTwo)).toBe(false);
  });
});
