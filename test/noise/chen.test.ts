import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mrongowiusRoesslerArea } from "../../src/noise/areas/mrongowius-roessler.js";
import { brownian } from "../../src/noise/brownian.js";
import { chen, iteratedIntegrals } from "../../src/noise/chen.js";
import type { CommonNoise } from "../../src/types.js";

interface Piece {
  dW: Float64Array;
  area: Float64Array;
  h: number;
}

const unit = fc.double({ min: -1, max: 1, noNaN: true });

const piece = (K: number): fc.Arbitrary<Piece> =>
  fc
    .tuple(
      fc.array(unit, { minLength: K, maxLength: K }),
      fc.array(unit, { minLength: K * K, maxLength: K * K }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
    )
    .map(([dW, a, h]) => {
      const area = new Float64Array(K * K);
      for (let j = 0; j < K; j++) {
        for (let k = 0; k < K; k++) area[j * K + k] = 0.5 * (a[j * K + k] - a[k * K + j]);
      }
      return { dW: Float64Array.from(dW), area, h };
    });

const pieces = fc.integer({ min: 1, max: 5 }).chain((K) => fc.tuple(piece(K), piece(K), piece(K)));

function join(a: Piece, b: Piece): Piece {
  const out = { dW: a.dW.slice(), area: a.area.slice(), h: a.h + b.h };
  chen(out.dW, out.area, b.dW, b.area);
  return out;
}

function integrals(p: Piece): Float64Array {
  const out = new Float64Array(p.area.length);
  iteratedIntegrals(p.dW, p.area, p.h, out);
  return out;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}

/** Sums of at most six numbers below 4. */
const ROUNDING = 1e-14;

describe("Chen's relation", () => {
  it("does not depend on the brackets", () => {
    fc.assert(
      fc.property(pieces, ([a, b, c]) => {
        const left = join(join(a, b), c);
        const right = join(a, join(b, c));
        expect(largestDifference(left.area, right.area)).toBeLessThan(ROUNDING);
        expect(largestDifference(left.dW, right.dW)).toBeLessThan(ROUNDING);
      }),
      { seed: 1 },
    );
  });

  it("is I(s,u) = I(s,t) + I(t,u) + dW(s,t) dW(t,u)^T for the iterated integrals", () => {
    fc.assert(
      fc.property(pieces, ([a, b]) => {
        const K = a.dW.length;
        const [A, B] = [integrals(a), integrals(b)];
        const want = A.map((v, e) => v + B[e] + a.dW[Math.floor(e / K)] * b.dW[e % K]);
        expect(largestDifference(integrals(join(a, b)), want)).toBeLessThan(ROUNDING);
      }),
      { seed: 2 },
    );
  });

  it("keeps I + I^T = dW dW^T - h Id", () => {
    fc.assert(
      fc.property(pieces, ([a, b, c]) => {
        const p = join(join(a, b), c);
        const K = p.dW.length;
        const I = integrals(p);
        const symmetric = I.map((v, e) => v + I[(e % K) * K + Math.floor(e / K)]);
        const want = I.map((_, e) => p.dW[Math.floor(e / K)] * p.dW[e % K] - (e % (K + 1) === 0 ? p.h : 0));
        expect(largestDifference(symmetric, want)).toBeLessThan(ROUNDING);
      }),
      { seed: 3 },
    );
  });

  it("takes the channels' covariance in place of the identity", () => {
    const out = new Float64Array(4);
    iteratedIntegrals(
      Float64Array.of(1, 2),
      Float64Array.of(0, 3, -3, 0),
      0.5,
      out,
      Float64Array.of(4, 1, 1, 2),
    );
    expect([...out]).toEqual([-0.5, 3.75, -2.25, 1.5]);
  });
});

/**
 * Left-point sums over the N finest steps leave out exactly the sum of the finest I_(j,k), so their mean-square
 * distance from the true integral over [0, T] is N h^2 / 2 = T h / 2 for j != k: a coupling which sees signs, where the
 * law of an area (symmetric even given dW) sees none.
 */
function leftPointDefect(change: (noise: CommonNoise) => CommonNoise) {
  const [K, steps, paths] = [3, 4096, 24];
  const dW = new Float64Array(K);
  const L = new Float64Array(K * K);
  const I = new Float64Array(K * K);
  const values: number[] = [];
  for (let path = 0; path < paths; path++) {
    const noise = change(
      brownian({ seed: "left point", path, channels: K, horizon: 1, steps, area: mrongowiusRoesslerArea }),
    );
    const W = new Float64Array(K);
    const sum = new Float64Array(K * K);
    for (let i = 0; i < steps; i++) {
      noise.increment(steps, i, dW);
      for (let j = 0; j < K; j++) for (let k = 0; k < K; k++) sum[j * K + k] += W[j] * dW[k];
      for (let k = 0; k < K; k++) W[k] += dW[k];
    }
    noise.increment(1, 0, dW);
    noise.area!(1, 0, L);
    iteratedIntegrals(dW, L, 1, I);
    for (let j = 0; j < K; j++) {
      for (let k = 0; k < K; k++) if (j !== k) values.push((I[j * K + k] - sum[j * K + k]) ** 2);
    }
  }
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  // Each defect is nearly Gaussian, pairs (j,k), (k,j) uncorrelated: relative standard error sqrt(2 / count).
  return { ratio: mean / (1 / steps / 2), error: Math.sqrt(2 / values.length) };
}

function withArea(change: (L: Float64Array, K: number) => void) {
  return (noise: CommonNoise): CommonNoise => ({
    ...noise,
    area(steps, step, out) {
      noise.area!(steps, step, out);
      change(out, noise.channels);
    },
  });
}

describe("the area of a coarse step", () => {
  it("belongs to the fine path: left-point sums miss it by exactly T h / 2", () => {
    const { ratio, error } = leftPointDefect((noise) => noise);
    expect(Math.abs(ratio - 1)).toBeLessThan(5 * error);
  });

  it.each([
    { mutation: "transposed", change: (L: Float64Array) => L.forEach((v, e) => (L[e] = -v)) },
    { mutation: "zeroed", change: (L: Float64Array) => L.fill(0) },
    { mutation: "scaled by 1.3", change: (L: Float64Array) => L.forEach((v, e) => (L[e] = 1.3 * v)) },
  ])("is caught when $mutation", ({ change }) => {
    const { ratio, error } = leftPointDefect(withArea(change));
    expect(Math.abs(ratio - 1)).toBeGreaterThan(5 * error);
  });
});
