import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { studyAgreement } from "../../src/studies/agreement.js";
import { bootstrap } from "../../src/studies/bootstrap.js";
import { convergence } from "../../src/studies/convergence.js";
import { studyPropagationOfChaos } from "../../src/studies/propagation-of-chaos.js";

const draws = stream("studies tests", "convergence");

const X = [1 / 8, 1 / 16, 1 / 32, 1 / 64];

/**
 * Squared errors x^{2q} (r c + sqrt(1 - r^2) e)^2 of `paths` paths, c common to a path's levels, e independent, both normal:
 * the root mean square is x^q exactly.
 */
function synthetic(q: number, trial: number, paths: number, r: number): Float64Array[] {
  const common = new Float64Array(paths);
  draws.normals(trial, 0, common);
  return X.map((x, level) => {
    const own = new Float64Array(paths);
    draws.normals(trial, level + 1, own);
    return own.map((e, p) => x ** (2 * q) * (r * common[p] + Math.sqrt(1 - r * r) * e) ** 2);
  });
}

const covers = ([low, high]: readonly [number, number], value: number): number =>
  low <= value && value <= high ? 1 : 0;

describe("convergence", () => {
  it("recovers exact powers exactly", () => {
    const { levels, fit } = convergence(
      X,
      X.map((x) => new Float64Array(5).fill(9 * x * x)),
      "rms",
    );
    expect(fit!.slope).toBeCloseTo(1, 13);
    expect(fit!.constant).toBeCloseTo(3, 12);
    expect(fit!.interval[1] - fit!.interval[0]).toBeLessThan(1e-12);
    expect(levels[0].localSlope).toBeUndefined();
    expect(levels[3].localSlope).toBeCloseTo(1, 13);
    expect(levels[2].error).toBeCloseTo(3 / 32, 15);
  });

  it("covers the true errors and slope 95 times in 100", () => {
    const trials = 400;
    let [slope, error, narrow] = [0, 0, 0];
    for (let t = 0; t < trials; t++) {
      const { levels, fit } = convergence(X, synthetic(0.5, t, 200, 0.6), "rms", { replicates: 200 });
      slope += covers(fit!.interval, 0.5);
      error += covers(levels[1].interval, X[1] ** 0.5);
      const [low, high] = levels[1].interval;
      const middle = (low + high) / 2;
      narrow += covers([(low + middle) / 2, (high + middle) / 2], X[1] ** 0.5);
    }
    const reach = 5 * Math.sqrt((0.95 * 0.05) / trials);
    expect(Math.abs(slope / trials - 0.95)).toBeLessThan(reach);
    expect(Math.abs(error / trials - 0.95)).toBeLessThan(reach);
    /* intervals of half the width are seen */
    expect(Math.abs(narrow / trials - 0.95)).toBeGreaterThan(reach);
  });

  it("tells slope one half from one", () => {
    for (const [q, other] of [
      [0.5, 1],
      [1, 0.5],
    ]) {
      const { fit } = convergence(X, synthetic(q, 1000, 500, 0.6), "rms");
      expect(covers(fit!.interval, q)).toBe(1);
      expect(covers(fit!.interval, other)).toBe(0);
      expect(fit!.interval[1] - fit!.interval[0]).toBeLessThan(0.2);
    }
  });

  it("resamples all levels of a path together: what they share does not widen the slope's interval", () => {
    const width = (r: number): number => {
      const { fit } = convergence(X, synthetic(1, 2000, 300, r), "rms");
      return fit!.interval[1] - fit!.interval[0];
    };
    expect(width(1)).toBeLessThan(1e-12);
    expect(width(0)).toBeGreaterThan(0.03);
  });

  it("is a function of the data and the seed", () => {
    const data = synthetic(0.5, 3000, 50, 0.5);
    expect(convergence(X, data, "rms")).toEqual(convergence(X, data, "rms"));
    expect(convergence(X, data, "rms", { seed: "other" }).fit!.interval).not.toEqual(
      convergence(X, data, "rms").fit!.interval,
    );
  });

  it("leaves levels without error out, and refuses errors that are none", () => {
    const rows = X.map((x) => new Float64Array(4).fill(x));
    rows[3].fill(0);
    const { levels, fit } = convergence(X, rows, "mean");
    expect(levels[3].error).toBe(0);
    expect(levels[3].localSlope).toBeUndefined();
    expect(fit!.slope).toBeCloseTo(1, 13);
    rows[1].fill(0);
    rows[2].fill(0);
    expect(convergence(X, rows, "mean").fit).toBeNull();
    rows[2][1] = NaN;
    expect(() => convergence(X, rows, "mean")).toThrow(/path 1, is NaN/);
  });
});

it("bootstrap gives the standard error of a mean", () => {
  const data = new Float64Array(1000);
  draws.normals(4000, 0, data);
  const [[low, high]] = bootstrap({
    paths: 1000,
    size: 1,
    stream: stream("s", "b"),
    replicates: 4000,
    statistic: (counts, out) => (out[0] = data.reduce((s, v, p) => s + counts[p] * v, 0) / 1000),
  });
  const sd = Math.sqrt(
    data.reduce((s, v) => s + v * v, 0) / 1000 - (data.reduce((s, v) => s + v, 0) / 1000) ** 2,
  );
  /* a 2.5% quantile of 4000 normal replicates has standard deviation sqrt(p (1-p) / 4000) / density = 0.042 */
  expect(Math.abs(((high - low) / sd) * Math.sqrt(1000) - 2 * 1.96)).toBeLessThan(5 * Math.SQRT2 * 0.042);
  expect(() => bootstrap({ paths: 1, size: 1, stream: stream("s", "b"), statistic: () => {} })).toThrow(
    /1 paths/,
  );
});

describe("studyPropagationOfChaos", () => {
  /** W_2^2 of n uniform points on [0, 1] to the uniform law: sum_i int (u_(i) - q)^2 dq, of mean 1/(6n). */
  const distance = (n: number, path: number): number => {
    const u = new Float64Array(n);
    draws.uniforms(path, 77, u);
    const cube = (v: number): number => v * v * v;
    return u.sort().reduce((s, v, i) => s + (cube(v - i / n) - cube(v - (i + 1) / n)) / 3, 0);
  };

  it("finds constant and rate of a known law", () => {
    const levels = [16, 32, 64, 128, 256, 512];
    const { levels: found, fit, paths } = studyPropagationOfChaos({ distance, levels, paths: 600 });
    expect(paths).toBe(600);
    for (const { tokens, error, interval } of found) {
      const standardError = (interval[1] - interval[0]) / (2 * 1.96);
      expect(Math.abs(error - 1 / (6 * tokens))).toBeLessThan(5 * standardError);
      expect(Math.abs(error - 1 / (4 * tokens))).toBeGreaterThan(5 * standardError);
    }
    expect(covers(fit!.interval, -1)).toBe(1);
    expect(covers(fit!.interval, -0.5)).toBe(0);
  });

  it("takes seeds for paths, and refuses a study that is none", () => {
    const seen: number[] = [];
    const spy = (n: number, path: number): number => (seen.push(path), 1 / n);
    studyPropagationOfChaos({ distance: spy, levels: [2, 4], seeds: [7, 9] });
    expect(seen).toEqual([7, 7, 9, 9]);
    expect(() => studyPropagationOfChaos({ distance, levels: [4, 2], paths: 3 })).toThrow(/levels \[4,2\]/);
    expect(() => studyPropagationOfChaos({ distance, levels: [2, 4], paths: 1 })).toThrow(/1 paths/);
    expect(() => studyPropagationOfChaos({ distance, levels: [2, 4] })).toThrow(/either paths/);
  });
});

describe("studyAgreement", () => {
  it("finds minus one half for means of independent tokens, per observable and together", () => {
    const difference = (n: number, path: number): number[] => {
      const tokens = new Float64Array(2 * n);
      draws.normals(path, 99, tokens);
      const mean = (from: number): number => tokens.subarray(from, from + n).reduce((s, v) => s + v, 0) / n;
      return [mean(0), 3 * mean(n)];
    };
    const results = studyAgreement({
      difference,
      observables: ["a", "b"],
      levels: [16, 64, 256, 1024],
      paths: 400,
    });
    expect(results.map((r) => r.observable)).toEqual(["a", "b", "all"]);
    for (const [o, sigma] of [1, 3, Math.sqrt(10)].entries()) {
      const { fit, levels } = results[o];
      expect(covers(fit!.interval, -0.5)).toBe(1);
      expect(covers(fit!.interval, -0.4)).toBe(0);
      for (const { tokens, error } of levels) {
        /* rms of 400 normals: relative standard deviation at most 1/sqrt(800) */
        expect(Math.abs((error * Math.sqrt(tokens)) / sigma - 1)).toBeLessThan(5 / Math.sqrt(800));
      }
    }
    expect(() => studyAgreement({ difference, observables: ["a"], levels: [2, 4], paths: 2 })).toThrow(
      /2 differences for 1 observables/,
    );
  });
});
