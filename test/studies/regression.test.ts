import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { fitLine, fitPower } from "../../src/studies/regression.js";
import { studentQuantile } from "../../src/studies/student.js";

const draws = stream("studies tests", "regression");

/** Five standard deviations of a fraction of `n` that is 95% in the mean. */
const reach = (n: number): number => 5 * Math.sqrt((0.95 * 0.05) / n);

describe("fitLine", () => {
  it("recovers a line, weighted or not", () => {
    const x = [0, 1, 3, 4, 7];
    const y = x.map((v) => 2 - 3 * v);
    for (const errors of [undefined, [1, 2, 0.5, 1, 3]]) {
      const line = fitLine(x, y, errors);
      expect(line.slope).toBeCloseTo(-3, 13);
      expect(line.intercept).toBeCloseTo(2, 13);
    }
    const power = fitPower([1, 2, 4, 8], [3, 6, 12, 24]);
    expect(power.slope).toBeCloseTo(1, 14);
    expect(Math.exp(power.intercept)).toBeCloseTo(3, 13);
  });

  it("has the standard error of a worked example", () => {
    /* x = 0..4, y = 1, 3, 2, 5, 4: slope 0.8, residual variance 3.6 / 3, sum (x - mean)^2 = 10 */
    const { slope, standardError, interval } = fitLine([0, 1, 2, 3, 4], [1, 3, 2, 5, 4]);
    expect(slope).toBeCloseTo(0.8, 14);
    expect(standardError).toBeCloseTo(Math.sqrt(0.12), 14);
    expect(interval[1] - slope).toBeCloseTo(3.1824463052837096 * Math.sqrt(0.12), 9); // t(0.975, 3)
  });

  it("covers the true slope 95 times in 100, with unknown and with known errors", () => {
    const trials = 2000;
    const x = [0, 1, 2, 3, 4, 5];
    const known = [0.1, 0.2, 0.3, 0.1, 0.4, 0.2];
    const noise = new Float64Array(6);
    let [unknownHits, knownHits, normalHits, equalHits] = [0, 0, 0, 0];
    for (let t = 0; t < trials; t++) {
      draws.normals(t, 0, noise);
      const inside = ([low, high]: readonly [number, number]): number => (low <= 0.5 && 0.5 <= high ? 1 : 0);
      const homogeneous = fitLine(
        x,
        x.map((v, i) => 0.5 * v + 0.3 * noise[i]),
      );
      unknownHits += inside(homogeneous.interval);
      const { slope, standardError } = homogeneous;
      normalHits += inside([slope - 1.96 * standardError, slope + 1.96 * standardError]);
      const y = x.map((v, i) => 0.5 * v + known[i] * noise[i]);
      knownHits += inside(fitLine(x, y, known).interval);
      equalHits += inside(
        fitLine(
          x,
          y,
          known.map(() => 0.1),
        ).interval,
      );
    }
    expect(Math.abs(unknownHits / trials - 0.95)).toBeLessThan(reach(trials));
    expect(Math.abs(knownHits / trials - 0.95)).toBeLessThan(reach(trials));
    /* the check sees normal quantiles in place of Student's, and errors mis-stated */
    expect(Math.abs(normalHits / trials - 0.95)).toBeGreaterThan(reach(trials));
    expect(Math.abs(equalHits / trials - 0.95)).toBeGreaterThan(reach(trials));
  });

  it("has no interval where the points lie on the line up to rounding: they say nothing of their scatter", () => {
    const x = [1, 2, 4, 8];
    const none = [-Infinity, Infinity];
    expect(fitLine(x, [3, 3, 3, 3])).toMatchObject({ slope: 0, interval: none });
    expect(fitLine(x, [0, 0, 0, 0]).interval).toEqual(none);
    for (const scale of [1e-30, 1, 1e30]) {
      const on = x.map((v) => scale * (0.1 * v + 0.7));
      expect(fitLine(x, on).interval).toEqual(none);
      /* a scatter far above rounding gives one, however small it is */
      const [low, high] = fitLine(
        x,
        on.map((v, i) => v * (1 + (i % 2 ? 1e-9 : -1e-9))),
      ).interval;
      expect(high - low).toBeGreaterThan(0);
      expect(high - low).toBeLessThan(1e-6 * scale);
    }
    expect(fitPower(x, [5, 10, 20, 40]).interval).toEqual(none);
    /* known errors do not come from the scatter */
    expect(fitLine(x, [1, 2, 4, 8], [1, 1, 1, 1]).interval[1]).toBeLessThan(2);
    for (const confidence of [0, 1, 95, NaN])
      expect(() => fitLine(x, x, undefined, confidence)).toThrow(/confidence is/);
  });

  it("refuses what has no slope", () => {
    expect(() => fitLine([1, 2], [1, 2])).toThrow(/2 points, want at least 3/);
    expect(() => fitLine([1, 1, 1], [1, 2, 3])).toThrow(/all x are equal/);
    expect(() => fitLine([1, 2, 3], [1, NaN, 3])).toThrow(/point 1 is \(2, NaN\)/);
    expect(() => fitLine([1, 2, 3], [1, 2, 3], [1, 0, 1])).toThrow(/errors must be positive/);
    expect(() => fitPower([1, 2, 4], [1, 0, 1])).toThrow(/0 has no logarithm/);
  });
});

it("studentQuantile has the values of 30-digit arithmetic (mpmath)", () => {
  const table = [
    [1, Math.tan(0.475 * Math.PI)],
    [2, 0.95 / Math.sqrt(2 * 0.975 * 0.025)],
    [3, 3.1824463052837096],
    [4, 2.7764451051977944],
    [5, 2.5705818356363155],
    [30, 2.0422724563012383],
    [3999, 1.96055737718603],
  ];
  for (const [freedom, t] of table) expect(studentQuantile(0.975, freedom)).toBeCloseTo(t, 10);
  /* few degrees, far tails: one has tan(pi (p - 1/2)), two (2p - 1) / sqrt(2 p (1 - p)) */
  for (const p of [0.5, 0.9999, 1 - 1e-7]) {
    const one = studentQuantile(p, 1);
    expect(Math.abs(one / Math.tan(Math.PI * (p - 0.5)) - 1) < 1e-6 || p === 0.5).toBe(true);
    const two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
    expect(Math.abs(studentQuantile(p, 2) - two)).toBeLessThan(1e-6 * two + 1e-15);
  }
  expect(studentQuantile(0.5, 1)).toBeCloseTo(0, 15);
  expect(() => studentQuantile(0.975, 0)).toThrow(/0 degrees/);
  expect(() => studentQuantile(1, 5)).toThrow(/1 is not a probability/);
});
