import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acos, asin, atan, atan2 } from "../../src/numerics/arctangent.js";
import { exp } from "../../src/numerics/exp.js";
import { expm1 } from "../../src/numerics/expm1.js";
import { asinh, atanh, cosh, sinh, tanh } from "../../src/numerics/hyperbolic.js";
import { log } from "../../src/numerics/log.js";
import { log1p } from "../../src/numerics/log1p.js";
import { hypot, integerPower, power } from "../../src/numerics/power.js";
import { cos, sin } from "../../src/numerics/sine-cosine.js";
import golden from "./elementary.golden.json" with { type: "json" };

const FUNCTIONS = { exp, expm1, log, log1p, sin, cos, sinh, cosh, tanh, atanh, asinh, atan, asin, acos };

/** Most units in the last place that a value may be off by: one, and a few where a function is made of others. */
const MOST: Readonly<Partial<Record<keyof typeof FUNCTIONS, number>>> = {
  sinh: 3,
  cosh: 2,
  tanh: 2,
  atanh: 2,
  asinh: 4,
  asin: 3,
  acos: 3,
};

const ordered = (x: number): bigint => {
  const bits = new BigInt64Array(Float64Array.of(x).buffer)[0];
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
};
/** How many doubles lie between two of them. */
const between = (a: number, b: number): number => Math.abs(Number(ordered(a) - ordered(b)));

const names = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];

/** A number for the bits of all values in their order: any that differs makes another. */
function digest(values: readonly number[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const v of values) {
    hash ^= BigInt.asUintN(64, new BigInt64Array(Float64Array.of(v).buffer)[0]);
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return hash.toString(16);
}

describe("elementary functions", () => {
  it.each(names)("%s is right to the last place or so", (name) => {
    const rows = golden.functions[name] as readonly number[][];
    expect(rows.length).toBeGreaterThan(50);
    const errors = rows.map(([x, value]) => between(FUNCTIONS[name](x), value));
    expect(Math.max(...errors)).toBeLessThanOrEqual(MOST[name] ?? 1);
    // Most of them are the nearest double: a coefficient that is off in its last digits would show here.
    expect(errors.filter((error) => error === 0).length).toBeGreaterThan(0.5 * rows.length);
  });

  it("gives the same bits on every engine", () => {
    const values = names.flatMap((name) => golden.functions[name].map(([x]) => FUNCTIONS[name](x)));
    expect(digest(values)).toBe("5e615bb5ee7c0fd0");
  });

  it("ends as the standard says", () => {
    const infinite = Infinity;
    expect([log(0), log(-0), log(-1), log(infinite), log(1)]).toEqual([
      -infinite,
      -infinite,
      NaN,
      infinite,
      0,
    ]);
    expect([log1p(-1), log1p(-2), log1p(infinite), log1p(-0)]).toEqual([-infinite, NaN, infinite, -0]);
    expect([expm1(-infinite), expm1(infinite), expm1(NaN), expm1(-0)]).toEqual([-1, infinite, NaN, -0]);
    expect([sin(infinite), cos(-infinite), sin(NaN), sin(-0), cos(0)]).toEqual([NaN, NaN, NaN, -0, 1]);
    expect([tanh(infinite), tanh(-800), tanh(-0), tanh(NaN)]).toEqual([1, -1, -0, NaN]);
    expect([sinh(-infinite), cosh(infinite), cosh(711), sinh(-0)]).toEqual([
      -infinite,
      infinite,
      infinite,
      -0,
    ]);
    expect([atanh(1), atanh(-1), atanh(2), asinh(-infinite)]).toEqual([infinite, -infinite, NaN, -infinite]);
    expect([asin(2), acos(-2), asin(1), acos(-1), acos(1)]).toEqual([NaN, NaN, Math.PI / 2, Math.PI, 0]);
    expect([atan(infinite), atan(-0)]).toEqual([Math.PI / 2, -0]);
    const signs = [0, -0, 1, -1];
    for (const y of signs) for (const x of signs) expect(atan2(y, x)).toBe(Math.atan2(y, x));
  });

  it("has sines of any angle, by the same quarter turns", () => {
    const angle = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(angle, (x) => {
        const [s, c] = [sin(x), cos(x)];
        expect(Math.abs(s * s + c * c - 1)).toBeLessThan(1e-15);
        expect(sin(-x)).toBe(-s);
        expect(cos(-x)).toBe(c);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it("has norms and powers that neither overflow nor vanish", () => {
    expect(hypot(3, 4)).toBe(5);
    expect(hypot(3e300, 4e300)).toBe(5e300);
    expect(hypot(3e-320, 4e-320)).toBe(5e-320);
    expect([hypot(), hypot(0, -0), hypot(1, Infinity), hypot(1, NaN)]).toEqual([0, 0, Infinity, NaN]);
    expect([integerPower(3, 5), integerPower(2, -3), integerPower(-1, 7), integerPower(5, 0)]).toEqual([
      243, 0.125, -1, 1,
    ]);
    expect(power(2, 0.5)).toBeCloseTo(Math.SQRT2, 14);
    expect([power(0, 0.5), power(2, 10)]).toEqual([0, 1024]);
  });
});
