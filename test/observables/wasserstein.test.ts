import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { optimalTransport } from "../../src/numerics/optimal-transport.js";
import { positivePart } from "../../src/observables/positive-part.js";
import { projections } from "../../src/observables/projections.js";
import { lineWasserstein, slicedWasserstein } from "../../src/observables/sliced-wasserstein.js";
import { wasserstein } from "../../src/observables/wasserstein.js";
import { measure, wrap } from "../../src/sphere/measure.js";
import { normalize } from "../../src/sphere/retract.js";
import type { Measure } from "../../src/types.js";

const draws = stream("wasserstein tests", "points");

function cloud(path: number, n: number, d: number, weighted = false): Measure {
  const points = new Float64Array(n * d);
  draws.normals(path, 0, points);
  normalize(points, d);
  const weights = new Float64Array(n).fill(1 / n);
  if (weighted) {
    draws.uniforms(path, 1, weights);
    const sum = weights.reduce((s, w) => s + w, 0);
    weights.forEach((w, i) => (weights[i] = w / sum));
  }
  return wrap(points, d, weights);
}

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, k) => p.toSpliced(k, 0, n - 1)));
}

function bruteForce(mu: Measure, nu: Measure): number {
  const { count: n, dimension: d } = mu;
  const cost = (p: number[]): number =>
    p.reduce((sum, j, i) => {
      for (let a = 0; a < d; a++) sum += (mu.points[i * d + a] - nu.points[j * d + a]) ** 2 / n;
      return sum;
    }, 0);
  return Math.sqrt(Math.min(...permutations(n).map(cost)));
}

/** The law with every point turned by `angle` in the plane of the first two axes. */
function turned(mu: Measure, angle: number): Measure {
  const points = mu.points.slice();
  for (let o = 0; o < points.length; o += mu.dimension) {
    const [x, y] = [points[o], points[o + 1]];
    points[o] = Math.cos(angle) * x - Math.sin(angle) * y;
    points[o + 1] = Math.sin(angle) * x + Math.cos(angle) * y;
  }
  return { ...mu, points };
}

describe("wasserstein", () => {
  it.each([2, 3, 5, 7])("equals the least cost over all permutations of %i points", (n) => {
    for (let k = 0; k < (n === 7 ? 3 : 20); k++) {
      const [mu, nu] = [cloud(2 * k, n, 3), cloud(2 * k + 1, n, 3)];
      expect(wasserstein(mu, nu)).toBeCloseTo(bruteForce(mu, nu), 13);
    }
  });

  it("splits weighted points as the same points repeated do", () => {
    const nu = cloud(7, 6, 3);
    const x = cloud(8, 3, 3).points;
    const mu = wrap(x, 3, Float64Array.of(3 / 6, 2 / 6, 1 / 6));
    const rows = [0, 0, 0, 1, 1, 2].flatMap((i) => [...x.subarray(3 * i, 3 * i + 3)]);
    expect(wasserstein(mu, nu)).toBeCloseTo(bruteForce(wrap(Float64Array.from(rows), 3), nu), 13);
  });

  it("has the right margins and obeys complementary slackness on weighted laws of unequal size", () => {
    const [mu, nu] = [cloud(1, 60, 3, true), cloud(2, 45, 3, true)];
    const cost = new Float64Array(60 * 45);
    draws.uniforms(3, 0, cost);
    const { flow } = optimalTransport(cost, mu.weights, nu.weights);
    for (let i = 0; i < 60; i++) {
      const sum = flow.subarray(i * 45, i * 45 + 45).reduce((s, f) => s + f, 0);
      expect(sum).toBeCloseTo(mu.weights[i], 14);
    }
    for (let j = 0; j < 45; j++) {
      let sum = 0;
      for (let i = 0; i < 60; i++) sum += flow[i * 45 + j];
      expect(sum).toBeCloseTo(nu.weights[j], 14);
    }
    /* Optimal if and only if no cycle of exchanges pays: cyclical monotonicity, here for pairs and triples. */
    const support = [...flow.keys()].filter((k) => flow[k] > 1e-14).map((k) => [Math.floor(k / 45), k % 45]);
    const c = (i: number, j: number): number => cost[i * 45 + j];
    let least = Infinity;
    for (const [i, j] of support)
      for (const [p, q] of support) {
        least = Math.min(least, c(i, q) + c(p, j) - c(i, j) - c(p, q));
        for (const [r, s] of support) {
          least = Math.min(least, c(i, q) + c(p, s) + c(r, j) - c(i, j) - c(p, q) - c(r, s));
        }
      }
    expect(least).toBeGreaterThan(-1e-13);
  });

  it("carries all mass where everything is free, and none to places that want none", () => {
    const { flow, cost } = optimalTransport(new Float64Array(6), [0.5, 0.5], [0.25, 0, 0.75]);
    expect(cost).toBe(0);
    expect(flow.reduce((s, f) => s + f, 0)).toBe(1);
    expect(flow[1] + flow[4]).toBe(0);
    expect(() => optimalTransport(new Float64Array(6).fill(NaN), [1, 0], [1, 0, 0])).toThrow(
      /costs up to NaN/,
    );
  });

  it("is the mean of squared gaps of sorted points on a line", () => {
    const x = new Float64Array(200);
    const y = new Float64Array(200);
    draws.normals(11, 0, x);
    draws.normals(12, 0, y);
    const [s, t] = [x.slice().sort(), y.slice().sort()];
    const want = Math.sqrt(s.reduce((sum, v, i) => sum + (v - t[i]) ** 2, 0) / 200);
    const w = new Float64Array(200).fill(1 / 200);
    expect(wasserstein(wrap(x, 1), wrap(y, 1))).toBeCloseTo(want, 12);
    expect(lineWasserstein(x, w, y, w)).toBeCloseTo(want, 12);
  });

  it("agrees with the quantile formula for weighted laws on a line", () => {
    const [mu, nu] = [cloud(13, 40, 2, true), cloud(14, 25, 2, true)];
    const x = Float64Array.from({ length: 40 }, (_, i) => mu.points[2 * i]);
    const y = Float64Array.from({ length: 25 }, (_, i) => nu.points[2 * i]);
    expect(lineWasserstein(x, mu.weights, y, nu.weights)).toBeCloseTo(
      wasserstein(wrap(x, 1, mu.weights), wrap(y, 1, nu.weights)),
      12,
    );
  });

  it("does not change under a common rotation and measures the angle between two points", () => {
    const [mu, nu] = [cloud(15, 40, 3, true), cloud(16, 40, 3, true)];
    expect(wasserstein(turned(mu, 1), turned(nu, 1))).toBeCloseTo(wasserstein(mu, nu), 13);
    const x = measure([[1, 0]]);
    for (const angle of [1e-9, 0.3, 3]) {
      expect(wasserstein(x, turned(x, angle), "geodesic")).toBeCloseTo(angle, 14);
      expect(wasserstein(x, turned(x, angle))).toBeCloseTo(2 * Math.sin(angle / 2), 14);
    }
    expect(wasserstein(measure([[1, 0]]), measure([[-1, 0]]), "geodesic")).toBeCloseTo(Math.PI, 14);
  });

  it("is a metric: zero on the diagonal, symmetric, triangle inequality", () => {
    for (let k = 0; k < 5; k++) {
      const laws = [0, 1, 2].map((c) => cloud(100 + 3 * k + c, 20 + 5 * c, 3, true));
      for (const ground of ["chordal", "geodesic"] as const) {
        const [ab, bc, ac] = [
          [0, 1],
          [1, 2],
          [0, 2],
        ].map(([i, j]) => wasserstein(laws[i], laws[j], ground));
        expect(ac).toBeLessThanOrEqual(ab + bc + 1e-12);
        expect(wasserstein(laws[1], laws[0], ground)).toBeCloseTo(ab, 12);
        expect(wasserstein(laws[0], laws[0], ground)).toBeLessThan(3.2e-7); // the root of 1e-14 of the largest cost, pi^2
      }
    }
  });

  it("refuses negative weights and unlike dimensions; positivePart says what it took", () => {
    const dipping = wrap(Float64Array.of(1, 0, 0, 1, -1, 0), 2, Float64Array.of(0.75, 0.5, -0.25));
    expect(() => wasserstein(dipping, dipping)).toThrow(/weight 2 is -0.25/);
    expect(() => slicedWasserstein(dipping, dipping, projections(2, 4))).toThrow(/weight 2 is -0.25/);
    expect(() => wasserstein(cloud(1, 3, 2), cloud(1, 3, 3))).toThrow(/R\^2.*R\^3/);
    const { law, removed } = positivePart(dipping);
    expect(removed).toBe(0.25);
    expect([...law.weights]).toEqual([0.6, 0.4, 0]);
    expect(
      wasserstein(
        law,
        measure(
          [
            [1, 0],
            [0, 1],
          ],
          [0.6, 0.4],
        ),
      ),
    ).toBeLessThan(1e-14);
  });
});

describe("slicedWasserstein", () => {
  it.each([2, 3, 6])("is at most the exact distance and free of a common permutation, d = %i", (d) => {
    const directions = projections(d, 200, draws, 9);
    for (let k = 0; k < 5; k++) {
      const [mu, nu] = [cloud(200 + k, 50, d, true), cloud(300 + k, 30, d, true)];
      const sliced = slicedWasserstein(mu, nu, directions);
      expect(sliced).toBeLessThan(wasserstein(mu, nu));
      expect(sliced).toBeGreaterThan(0);
      expect(slicedWasserstein(nu, mu, directions)).toBeCloseTo(sliced, 13);
    }
  });

  it("sees 1/sqrt(d) of the distance between two points", () => {
    const exact = { 2: projections(2, 8), 3: projections(3, 20_000) };
    for (const d of [2, 3] as const) {
      const [mu, nu] = [cloud(1, 1, d), cloud(2, 1, d)];
      const want = wasserstein(mu, nu) / Math.sqrt(d);
      expect(Math.abs(slicedWasserstein(mu, nu, exact[d]) - want)).toBeLessThan(d === 2 ? 1e-14 : 1e-4);
    }
    /* Random directions: the squared cosine has mean 1/d and variance 2(d-1)/(d^2(d+2)). */
    const d = 5;
    const n = 4000;
    const [mu, nu] = [cloud(3, 1, d), cloud(4, 1, d)];
    const ratio = slicedWasserstein(mu, nu, projections(d, n, draws, 5)) ** 2 / wasserstein(mu, nu) ** 2;
    const sigma = Math.sqrt((2 * (d - 1)) / (d * d * (d + 2)) / n);
    expect(Math.abs(ratio - 1 / d)).toBeLessThan(5 * sigma);
  });

  it("asks for a stream where no deterministic directions are known", () => {
    expect(() => projections(4, 10)).toThrow(/dimension 4 needs a stream/);
  });
});
