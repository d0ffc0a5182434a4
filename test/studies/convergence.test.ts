import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { studyAgreement } from "../../src/studies/agreement.js";
import { bootstrap } from "../../src/studies/bootstrap.js";
import { convergence } from "../../src/studies/convergence.js";
import { studyPropagationOfChaos } from "../../src/studies/propagation-of-chaos.js";

const draws = stream("studies tests", "convergence");

const STEPS = { levels: [8, 16, 32, 64], unit: "steps" } as const;
const X = STEPS.levels.map((steps) => 1 / steps);

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
  it("recovers exact powers exactly, of steps and of tokens", () => {
    const { levels, fit } = convergence(
      STEPS,
      X.map((x) => new Float64Array(5).fill(9 * x * x)),
      "rms",
    );
    expect(fit!.slope).toBeCloseTo(1, 13);
    expect(fit!.constant).toBeCloseTo(3, 12);
    expect(levels[0].localSlope).toBeUndefined();
    expect(levels[3].localSlope).toBeCloseTo(1, 13);
    expect(levels[2].error).toBeCloseTo(3 / 32, 15);
    const tokens = convergence(
      { levels: [10, 20, 80], unit: "tokens" },
      [10, 20, 80].map((n) => new Float64Array(5).fill(7 / n)),
      "mean",
    );
    expect(tokens.fit!.slope).toBeCloseTo(-1, 13);
    expect(tokens.fit!.constant).toBeCloseTo(7, 12);
  });

  it.each([
    [50, 400],
    [500, 200],
  ])("covers the true errors and slope 95 times in 100 with %d paths", (paths, trials) => {
    let [slope, error, narrow] = [0, 0, 0];
    for (let t = 0; t < trials; t++) {
      const { levels, fit } = convergence(STEPS, synthetic(0.5, t, paths, 0.6), "rms", { replicates: 800 });
      slope += covers(fit!.interval, 0.5);
      error += covers(levels[1].interval, X[1] ** 0.5);
      const [low, high] = fit!.interval;
      const middle = (low + high) / 2;
      narrow += covers([(low + middle) / 2, (high + middle) / 2], 0.5);
    }
    const reach = 5 * Math.sqrt((0.95 * 0.05) / trials);
    expect(Math.abs(slope / trials - 0.95)).toBeLessThan(reach);
    expect(Math.abs(error / trials - 0.95)).toBeLessThan(reach);
    /* intervals of half the width are seen */
    expect(Math.abs(narrow / trials - 0.95)).toBeGreaterThan(reach);
  });

  it("covers the slope of few paths as well: plain percentiles of eight would 86 times in 100", () => {
    const trials = 1000;
    let hits = 0;
    for (let t = 0; t < trials; t++) {
      const { fit } = convergence(STEPS, synthetic(0.5, t, 8, 0.6), "rms", { replicates: 800 });
      hits += covers(fit!.interval, 0.5);
    }
    expect(Math.abs(hits / trials - 0.95)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / trials));
  });

  it("tells slope one half from one", () => {
    for (const [q, other] of [
      [0.5, 1],
      [1, 0.5],
    ]) {
      const { fit } = convergence(STEPS, synthetic(q, 1000, 500, 0.6), "rms");
      expect(covers(fit!.interval, q)).toBe(1);
      expect(covers(fit!.interval, other)).toBe(0);
      expect(fit!.interval[1] - fit!.interval[0]).toBeLessThan(0.2);
    }
  });

  it("resamples all levels of a path together: what they share does not widen the slope's interval", () => {
    const width = (r: number): number => {
      const { fit } = convergence(STEPS, synthetic(1, 2000, 300, r), "rms");
      return fit!.interval[1] - fit!.interval[0];
    };
    expect(width(1 - 1e-10)).toBeLessThan(1e-5);
    expect(width(0)).toBeGreaterThan(0.03);
  });

  it("is a function of the data and the seed", () => {
    const data = synthetic(0.5, 3000, 50, 0.5);
    expect(convergence(STEPS, data, "rms")).toEqual(convergence(STEPS, data, "rms"));
    expect(convergence(STEPS, data, "rms", { seed: "other" }).fit!.interval).not.toEqual(
      convergence(STEPS, data, "rms").fit!.interval,
    );
  });

  it("leaves levels without error, and errors of the size of rounding, out of slopes", () => {
    const rows = synthetic(0.5, 3001, 20, 0.5);
    rows[3].fill(0);
    const { levels, fit, notes } = convergence(STEPS, rows, "rms");
    expect(levels[3]).toEqual({ error: 0, interval: [-Infinity, Infinity] });
    expect(fit).toEqual(convergence({ ...STEPS, levels: [8, 16, 32] }, rows.slice(0, 3), "rms").fit);
    expect(notes).toEqual(["no error at all at 64 steps: left out of the fit"]);

    rows[3].fill(1e-30).fill(4e-30, 0, 10);
    const tiny = convergence({ ...STEPS, rounding: 1e-14 }, rows, "rms");
    expect(tiny.fit).toEqual(fit);
    expect(tiny.levels[3]).toMatchObject({ resolved: false });
    expect(tiny.levels[3]).not.toHaveProperty("localSlope");
    expect(tiny.notes).toEqual(["the error at 64 steps is of the size of rounding: left out of the fit"]);
    expect(convergence(STEPS, rows, "rms").fit!.slope).toBeGreaterThan(5);

    rows.forEach((row) => row.fill(0));
    const none = convergence(STEPS, rows, "rms");
    expect(none.fit).toBeNull();
    expect(none.notes).toEqual(["no error at all at 8, 16, 32, 64 steps: left out of the fit"]);
  });
});

describe("an interval is one or is missing", () => {
  const none = [-Infinity, Infinity];
  const intervalsOf = (rows: Float64Array[], settings = {}) => {
    const { levels, fit, notes } = convergence(STEPS, rows, "mean", settings);
    return { levels: levels.map(({ interval }) => interval), slope: fit!.interval, notes };
  };
  const rowsOf = (paths: number, error: (level: number, path: number) => number): Float64Array[] =>
    X.map((x, level) => Float64Array.from({ length: paths }, (_, path) => x * error(level, path)));

  it.each([
    ["exactly", () => 1],
    ["up to rounding", (_: number, path: number) => 1 + 1e-15 * path],
  ] as const)("paths that all give the same %s have none", (_name, error) => {
    const { levels, slope, notes } = intervalsOf(rowsOf(100, error));
    for (const interval of [...levels, slope]) expect(interval).toEqual(none);
    expect(notes).toEqual(["no interval at 8, 16, 32, 64 steps: the error is the same on all paths"]);
  });

  it.each([
    [0.95, 6],
    [0.9, 5],
    [0.99, 8],
    [0.5, 2],
  ])("of %d takes at least %d paths: fewer miss the middle on one side too often", (confidence, needed) => {
    const settings = { confidence, replicates: 5000 };
    const noisy = (_: number, path: number): number => 1 + 0.1 * path + 0.01 * ((7 * path + _) % 3);
    const enough = intervalsOf(rowsOf(needed, noisy), settings);
    for (const [low, high] of [...enough.levels, enough.slope]) expect(high - low).toBeGreaterThan(0);
    expect(high(enough.levels[0])).toBeLessThan(Infinity);
    const few = intervalsOf(rowsOf(needed - 1, noisy), settings);
    for (const interval of [...few.levels, few.slope]) expect(interval).toEqual(none);
    expect(few.notes).toEqual([
      `no intervals: ${100 * confidence}% takes at least ${needed} paths, and ${needed - 1} counted`,
    ]);
    /* the rule: 2^{1-p} is the probability that all of p paths lie on one side of the middle */
    expect(2 ** (1 - needed)).toBeLessThanOrEqual(1 - confidence + 1e-12);
    expect(2 ** (2 - needed)).toBeGreaterThan(1 - confidence + 1e-12);
  });

  it("where paths repeat each other, asks the same of those that differ", () => {
    const differing = (count: number) => (level: number, path: number) =>
      path < count ? 2 + path + level : 1;
    const four = intervalsOf(rowsOf(200, differing(4)));
    for (const interval of [...four.levels, four.slope]) expect(interval).toEqual(none);
    expect(four.notes).toEqual([
      "no interval at 8, 16, 32, 64 steps: fewer than 5 paths differ from the others",
    ]);
    const five = intervalsOf(rowsOf(200, differing(5)));
    for (const [low, high] of [...five.levels, five.slope]) expect(high - low).toBeGreaterThan(1e-3);
  });

  it("a slope that is the same on all paths has none, while their errors have", () => {
    const { levels, slope, notes } = intervalsOf(rowsOf(50, (_, path) => 1 + path));
    for (const [low, high] of levels) expect(high - low).toBeGreaterThan(0);
    expect(slope).toEqual(none);
    expect(notes).toEqual([expect.stringMatching(/^the fitted slope has no interval/)]);
  });

  it("without a path there is no level, with one there are errors", () => {
    const empty = convergence(
      STEPS,
      rowsOf(0, () => 1),
      "mean",
    );
    expect(empty).toEqual({ levels: [], fit: null, notes: [] });
    const one = convergence(
      STEPS,
      rowsOf(1, () => 1),
      "mean",
    );
    expect(one.levels.map(({ error }) => error)).toEqual(X);
    for (const { interval } of one.levels) expect(interval).toEqual(none);
    expect(one.fit!.slope).toBeCloseTo(1, 13);
    expect(one.fit!.interval).toEqual(none);
  });

  const high = ([, end]: readonly [number, number]): number => end;
});

describe("the settings of resampling", () => {
  const study = { distance: (n: number) => 1 / n, levels: [2, 4], paths: 10 };
  it.each([
    [{ confidence: 0 }, /confidence is 0, want a number above 0 and below 1/],
    [{ confidence: 1 }, /confidence is 1, /],
    [{ confidence: 95 }, /confidence is 95, /],
    [{ confidence: NaN }, /confidence is null, /],
    [{ confidence: "0.95" as unknown as number }, /confidence is "0.95", /],
    [{ replicates: 799 }, /replicates is 799, want a whole number from 800 up for intervals of 95%/],
    [
      { replicates: 1000, confidence: 0.99 },
      /replicates is 1000, want a whole number from 4000 up for intervals of 99%/,
    ],
    [{ replicates: 1000.5 }, /replicates is 1000.5, /],
  ])("%j are refused before any work", (settings, message) => {
    let calls = 0;
    const distance = (): number => ++calls;
    expect(() => studyPropagationOfChaos({ ...study, distance, ...settings })).toThrow(message);
    expect(() => studyPropagationOfChaos({ ...study, distance, ...settings })).toThrow(RangeError);
    expect(calls).toBe(0);
  });

  it("enough replicates are taken as they are", () => {
    const distance = (n: number, path: number): number => (path + 1) / n;
    for (const settings of [{ replicates: 800 }, { replicates: 4000, confidence: 0.99 }])
      expect(studyPropagationOfChaos({ ...study, distance, ...settings }).levels[0].interval[1]).toBeLessThan(
        5.5,
      );
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
    const { notes } = studyPropagationOfChaos({ distance: spy, levels: [2, 4], seeds: [7, 9] });
    expect(seen).toEqual([7, 7, 9, 9]);
    expect(notes).toEqual(["no intervals: 95% takes at least 6 paths, and 2 counted"]);
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
