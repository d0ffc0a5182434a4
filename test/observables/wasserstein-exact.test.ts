import { describe, expect, it } from "vitest";
import { optimalTransport } from "../../src/numerics/optimal-transport.js";
import { lineWasserstein, slicedWasserstein } from "../../src/observables/sliced-wasserstein.js";
import { projections } from "../../src/observables/projections.js";
import { wasserstein } from "../../src/observables/wasserstein.js";
import { stream } from "../../src/noise/stream.js";
import { measure } from "../../src/sphere/measure.js";

const relative = (got: number, want: number): number => Math.abs(got / want - 1);

function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, k) => p.toSpliced(k, 0, n - 1)));
}

/** The least sum of squared distances over all pairings of integer points, without rounding. */
function leastSquares(x: readonly bigint[][], y: readonly bigint[][]): bigint {
  const square = (i: number, j: number): bigint => x[i].reduce((s, v, a) => s + (v - y[j][a]) ** 2n, 0n);
  const cost = x.map((_, i) => y.map((_, j) => square(i, j)));
  return permutations(x.length)
    .map((p) => p.reduce((s, j, i) => s + cost[i][j], 0n))
    .reduce((a, b) => (a < b ? a : b));
}

describe("the exact distance where far points stand beside near ones", () => {
  it.each([
    [1e5, 1e-3],
    [1e7, 0.1],
    [1e8, 1],
    [1e12, 1],
  ])("pairs near points right beside an outlier at %d, gap %d", (far, gap) => {
    const got = wasserstein(measure([[0], [gap], [far]]), measure([[gap / 2], [1.5 * gap], [far]]));
    expect(relative(got, Math.sqrt((2 * (gap / 2) ** 2) / 3))).toBeLessThan(1e-14);
  });

  it.each([1e-6, 1e-7, 1e-8])("sees a shift of half a jitter of %d in two antipodal clusters", (eps) => {
    const side = (shift: number, at: number): number[][] =>
      [0, 1, 2, 3].map((k) => [Math.cos(at + (k + shift) * eps), Math.sin(at + (k + shift) * eps)]);
    const cloud = (shift: number) => measure([...side(shift, 0), ...side(shift, Math.PI)]);
    // The coordinates themselves are rounded to 1e-16.
    expect(Math.abs(wasserstein(cloud(0), cloud(0.5)) - eps / 2)).toBeLessThan(3e-16);
  });

  it.each([1, 2, 3])(
    "equals the least of all pairings of integer points in R^%i, in exact arithmetic",
    (d) => {
      const source = stream("adversarial", `integers ${d}`);
      const draw = new Float64Array(2 * 7 * d * 2);
      for (let round = 0; round < (d === 2 ? 24 : 12); round++) {
        const n = 2 + (round % 6);
        source.uniforms(round, 0, draw);
        let at = 0;
        // Near points around 0, 1e3, -2e7 and 4e14, where squares have up to 30 digits.
        const coordinate = (): bigint => {
          const base = [0n, 1000n, -20_000_000n, 400_000_000_000_000n][Math.floor(4 * draw[at++])];
          return base + BigInt(Math.floor(9 * draw[at++]));
        };
        const cloud = (): bigint[][] =>
          Array.from({ length: n }, () => Array.from({ length: d }, () => coordinate()));
        const [x, y] = [cloud(), cloud()];
        const want = leastSquares(x, y);
        const toMeasure = (points: bigint[][]) => measure(points.map((row) => row.map(Number)));
        const got = wasserstein(toMeasure(x), toMeasure(y)) ** 2 * n;
        if (want === 0n) expect(got).toBe(0);
        else expect(relative(got, Number(want))).toBeLessThan(1e-13);
      }
    },
  );

  it("needs the low parts of the costs: without, some pairing of integers is not the least", () => {
    const source = stream("adversarial", "low parts");
    const draw = new Float64Array(32);
    const n = 4;
    const weights = new Float64Array(n).fill(1 / n);
    const wrong = { with: 0, without: 0 };
    for (let round = 0; round < 40; round++) {
      source.uniforms(round, 0, draw);
      // All differences are about 1e9, whose squares have 18 digits, and all pairings are close to each other.
      const x = Array.from({ length: n }, (_, i) => [BigInt(Math.floor(40 * draw[2 * i])), BigInt(i)]);
      const y = Array.from({ length: n }, (_, i) => [
        1_000_000_007n + BigInt(Math.floor(40 * draw[2 * i + 1])),
        BigInt((3 * i) % 5),
      ]);
      const square = (k: number): bigint =>
        (x[k >> 2][0] - y[k & 3][0]) ** 2n + (x[k >> 2][1] - y[k & 3][1]) ** 2n;
      const cost = Float64Array.from({ length: n * n }, (_, k) => Number(square(k)));
      const low = (k: number): number => Number(square(k) - BigInt(cost[k]));
      const found = (flow: Float64Array): bigint =>
        [...flow.keys()].filter((k) => flow[k] > 0.1).reduce((s, k) => s + square(k), 0n);
      const want = leastSquares(x, y);
      if (found(optimalTransport(cost, weights, weights, low).flow) !== want) wrong.with++;
      if (found(optimalTransport(cost, weights, weights).flow) !== want) wrong.without++;
    }
    expect(wrong.with).toBe(0);
    expect(wrong.without).toBeGreaterThan(5);
  });

  it("moves no mass that is but rounding: 0.1 + 0.2 against 0.3 beside an outlier", () => {
    for (const far of [1e4, 1e8, 1e12]) {
      const mu = measure([[0], [1], [far]], [0.1, 0.2, 0.7]);
      const nu = measure([[0.5], [far]], [0.3, 0.7]);
      const want = Math.sqrt(0.3 * 0.25);
      expect(relative(wasserstein(mu, nu), want)).toBeLessThan(1e-14);
      expect(relative(wasserstein(nu, mu), want)).toBeLessThan(1e-14);
      const line = (a: typeof mu, b: typeof mu): number =>
        lineWasserstein(a.points, a.weights, b.points, b.weights);
      expect(relative(line(mu, nu), want)).toBeLessThan(1e-14);
      expect(relative(line(nu, mu), want)).toBeLessThan(1e-14);
    }
  });

  it("moves small masses that are meant", () => {
    const tiny = 2 ** -50;
    const [mu, nu] = [measure([[0], [1e8]], [1 - tiny, tiny]), measure([[0], [-1e8]], [1 - tiny, tiny])];
    const want = 2e8 * Math.sqrt(tiny);
    // Directly, or by way of the mass at 0: then twice 1e8 squared.
    expect(relative(wasserstein(mu, nu), want / Math.SQRT2)).toBeLessThan(1e-6);
    expect(
      relative(lineWasserstein(mu.points, mu.weights, nu.points, nu.weights), want / Math.SQRT2),
    ).toBeLessThan(1e-6);
  });

  it("moves a small part of two large masses when it is more than rounding", () => {
    for (const part of [1e-10, 1e-12]) {
      const mu = measure([[0], [1e3]], [0.5 + part, 0.5 - part]);
      const nu = measure([[0], [1e3]]);
      const want = 1e3 * Math.sqrt(part);
      expect(relative(wasserstein(mu, nu), want)).toBeLessThan(1e-3);
      expect(relative(lineWasserstein(mu.points, mu.weights, nu.points, nu.weights), want)).toBeLessThan(
        1e-3,
      );
    }
  });

  it.each([1e-170, 1e-30, 1e30, 1e170])("has no scale: unit %d", (unit) => {
    const [mu, nu] = [measure([[0], [unit]]), measure([[2 * unit], [-2 * unit]])];
    expect(relative(wasserstein(mu, nu), unit * Math.sqrt(2.5))).toBeLessThan(1e-14);
  });
});

describe("angles", () => {
  it("are good to the last digits at nought and at pi", () => {
    const at = (t: number) => measure([[Math.cos(t), Math.sin(t)]]);
    for (const t of [0, 0.7, 2.2]) {
      const x = at(t);
      const opposite = { ...x, points: x.points.map((v) => -v) };
      expect(Math.abs(wasserstein(x, opposite, "geodesic") - Math.PI)).toBeLessThan(1e-15);
      expect(wasserstein(x, x, "geodesic")).toBe(0);
      for (const short of [1e-3, 1e-6, 1e-8]) {
        expect(
          Math.abs(wasserstein(x, at(t + Math.PI - short), "geodesic") - (Math.PI - short)),
        ).toBeLessThan(1e-15);
        expect(Math.abs(wasserstein(x, at(t + short), "geodesic") - short)).toBeLessThan(5e-16);
      }
    }
  });

  it("are refused between points that are no unit vectors", () => {
    const x = measure([[1, 0]]);
    expect(() => wasserstein(x, measure([[0, 0]]), "geodesic")).toThrow(
      "wasserstein: point 0 has norm 0, want a unit vector",
    );
    expect(() => wasserstein(measure([[0.6, 0.9]]), x, "geodesic")).toThrow(/point 0 has norm 1\.08/);
    expect(wasserstein(x, measure([[0, 0]]))).toBe(1);
  });
});

describe("the sliced distance", () => {
  it("is that of the exact one for a law of one point against several", () => {
    const mu = measure([[0, 0]]);
    const nu = measure(
      [
        [1, 0],
        [0, 1],
        [3, 4],
      ],
      [0.1, 0.2, 0.7],
    );
    const want = wasserstein(mu, nu) / Math.SQRT2;
    expect(relative(slicedWasserstein(mu, nu, projections(2, 8)), want)).toBeLessThan(1e-14);
  });
});
