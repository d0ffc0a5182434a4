import { describe, expect, it } from "vitest";
import { stream } from "../../src/noise/stream.js";
import { covariance } from "../../src/studies/covariance.js";
import { studyStrong, type StrongStudy } from "../../src/studies/strong.js";
import { studyWeak, weakOrder } from "../../src/studies/weak.js";

/*
 * Geometric Brownian motion dX = a X dt + s X dW, X(0) = 1, on [0, 1]: a small drift for strong errors (half-order noise errors
 * must not drown in first-order drift errors), a large one for weak errors.
 */
interface Gbm {
  readonly a: number;
  readonly s: number;
}
const STRONG: Gbm = { a: 0.1, s: 0.5 };
const WEAK: Gbm = { a: 0.8, s: 0.6 };
const FINEST = 256;
const brownian = stream("studies tests", "orders");

/** Increments of path `path` on `steps` intervals: sums of the finest ones. */
function increments(steps: number, path: number, channel = 0): Float64Array {
  const fine = new Float64Array(FINEST);
  brownian.normals(path, channel, fine);
  const out = new Float64Array(steps);
  const ratio = FINEST / steps;
  for (let k = 0; k < FINEST; k++) out[Math.floor(k / ratio)] += fine[k] / Math.sqrt(FINEST);
  return out;
}

const exactly = ({ a, s }: Gbm, path: number): number[] => [
  Math.exp(a - (s * s) / 2 + s * increments(1, path)[0]),
];

function scheme({ a, s }: Gbm, steps: number, path: number, correction: 0 | 1): number[] {
  const h = 1 / steps;
  let x = 1;
  for (const w of increments(steps, path)) x *= 1 + a * h + s * w + ((correction * s * s) / 2) * (w * w - h);
  return [x];
}

/** E |X - Y|^2 of the scheme Y in closed form: every step multiplies the three moments by a known factor. */
function exactRms({ a, s }: Gbm, steps: number, correction: 0 | 1): number {
  const h = 1 / steps;
  const more = (correction * s ** 4 * h * h) / 2;
  const own = ((1 + a * h) ** 2 + s * s * h + more) ** steps;
  const mixed = (Math.exp(a * h) * (1 + a * h + s * s * h + more)) ** steps;
  return Math.sqrt(Math.exp(2 * a + s * s) - 2 * mixed + own);
}

const exact = (path: number) => exactly(STRONG, path);
const euler = (steps: number, path: number) => scheme(STRONG, steps, path, 0);
const milstein = (steps: number, path: number) => scheme(STRONG, steps, path, 1);

const inside = ([low, high]: readonly [number, number], a: number, b: number): boolean => a < low && high < b;

describe("studyStrong", () => {
  const levels = [8, 16, 32, 64, 128, 256];
  const common = {
    levels,
    paths: 500,
    reference: { kind: "exact", solve: exact },
  } satisfies Partial<StrongStudy>;

  it("finds order one half for Euler-Maruyama and one for Milstein", () => {
    const em = studyStrong({ ...common, solve: euler, scheme: "euler-maruyama" });
    expect(inside(em.fit!.interval, 0.4, 0.6)).toBe(true);
    const mil = studyStrong({ ...common, solve: milstein });
    expect(inside(mil.fit!.interval, 0.9, 1.1)).toBe(true);
    for (const [correction, { levels: found }] of [em, mil].entries())
      for (const { steps, error, interval } of found) {
        const standardError = (interval[1] - interval[0]) / (2 * 1.96);
        const want = exactRms(STRONG, steps, correction as 0 | 1);
        expect(Math.abs(error - want)).toBeLessThan(5 * standardError);
      }
    expect(em).toMatchObject({ scheme: "euler-maruyama", reference: "exact", paths: 500, notes: [] });
    expect(em.levels.map((l) => l.steps)).toEqual(levels);
    /* neither fits the other's order: a missing correction term is seen */
    expect(inside(mil.fit!.interval, 0.4, 0.6)).toBe(false);
  });

  it("takes an independent reference, seeds, work and a clock", () => {
    let now = 0;
    const result = studyStrong({
      solve: euler,
      levels: [8, 16, 32],
      seeds: Array.from({ length: 200 }, (_, i) => i + 1000),
      reference: { kind: "independent", name: "milstein", steps: 256, solve: milstein },
      work: (steps) => steps,
      clock: () => (now += 0.5),
    });
    expect(result.reference).toBe("milstein on 256 steps");
    expect(result.levels[1]).toMatchObject({ steps: 16, work: 16 });
    expect(result.levels[1].seconds).toBeCloseTo(0.5, 12);
    expect(result.levels[1].localSlope).toBeGreaterThan(0.3);
  });

  it("the scheme's own finest solution says what it is", () => {
    const own = studyStrong({ solve: milstein, levels: [8, 16, 32, 64], paths: 50 });
    expect(own.reference).toBe("its own solution on 64 steps");
    expect(own.levels.map((l) => l.steps)).toEqual([8, 16, 32]);
    expect(own.notes[0]).toMatch(/errors common to all levels do not show/);
    /* and is blind: a drift that is wrong at every level alike passes there, and fails against the exact solution */
    const wrong = (steps: number, path: number): number[] => milstein(steps, path).map((x) => 1.1 * x);
    const blind = studyStrong({ solve: wrong, levels: [8, 16, 32, 64], paths: 50 });
    expect(blind.fit!.slope).toBeCloseTo(own.fit!.slope, 10);
    expect(studyStrong({ ...common, solve: wrong }).fit!.interval[1]).toBeLessThan(0.5);
  });

  it("measures the constant of dX = W1 dW2 by Euler-Maruyama against itself: sqrt((h - h_fine) / 2)", () => {
    const area = (steps: number, path: number): number[] => {
      const [first, second] = [increments(steps, path), increments(steps, path, 1)];
      let [w, x] = [0, 0];
      for (let k = 0; k < steps; k++) {
        x += w * second[k];
        w += first[k];
      }
      return [x];
    };
    const { levels: found } = studyStrong({
      solve: area,
      levels: [4, 8, 16, 32],
      paths: 2000,
      reference: { kind: "independent", name: "itself", steps: 256, solve: area },
    });
    for (const { steps, error, interval } of found) {
      const standardError = (interval[1] - interval[0]) / (2 * 1.96);
      const want = Math.sqrt((1 / steps - 1 / 256) / 2);
      expect(Math.abs(error - want)).toBeLessThan(5 * standardError);
      expect(Math.abs(error - want * 1.2)).toBeGreaterThan(5 * standardError);
    }
  });

  it("averages over points of the given dimension, or takes the user's distance", () => {
    const shift = (steps: number): number[] => [3 / steps, 4 / steps, 0, 0];
    const study = {
      solve: shift,
      levels: [1, 2],
      paths: 2,
      reference: { kind: "exact" as const, solve: () => [0, 0, 0, 0] },
    };
    expect(studyStrong(study).levels[0].error).toBeCloseTo(5, 14);
    expect(studyStrong({ ...study, dimension: 2 }).levels[0].error).toBeCloseTo(5 / Math.SQRT2, 14);
    expect(studyStrong({ ...study, distance: (x) => Math.abs(x[1]) }).levels[1].error).toBeCloseTo(2, 14);
    expect(() => studyStrong({ ...study, dimension: 3 })).toThrow(/4 numbers .* in R\^3/);
  });

  it("notes levels without error, and refuses what is no study", () => {
    const never = { ...common, solve: (_: number, path: number) => exact(path) };
    const none = studyStrong(never);
    expect(none.fit).toBeNull();
    expect(none.notes[0]).toMatch(/no error at all at 8, 16, 32, 64, 128, 256 steps/);
    expect(studyStrong({ ...common, solve: () => [NaN] }).stopped).toMatchObject({ path: 0, level: 8 });
    expect(() => studyStrong({ solve: euler, levels: [8, 16], paths: 9 })).toThrow(/at least three levels/);
    expect(() => studyStrong({ ...common, solve: euler, levels: [8, 8] })).toThrow(/levels \[8,8\]/);
    expect(() =>
      studyStrong({
        ...common,
        solve: euler,
        reference: { kind: "independent", name: "m", steps: 8, solve: milstein },
      }),
    ).toThrow(/reference of 8 steps, want at least 256/);
  });
});

describe("an error of the size of rounding", () => {
  /* dX = dW summed in another order: nothing but rounding, which grows with the number of steps */
  const sums = (steps: number, path: number, offset = 0): number[] => {
    let x = offset;
    for (const w of increments(steps, path)) x += w;
    return [x];
  };
  it.each([0, 1e6])("has no order, and is not fitted: states about %d", (offset) => {
    const study = studyStrong({
      solve: (steps, path) => sums(steps, path, offset),
      levels: [8, 16, 32, 64],
      paths: 50,
      reference: {
        kind: "exact",
        solve: (path) => [offset + increments(FINEST, path).reduceRight((s, w) => s + w, 0)],
      },
    });
    expect(study.fit).toBeNull();
    expect(study.notes[0]).toMatch(/^the error at 8, 16, 32, 64 steps is of the size of rounding: left out/);
    for (const { error, resolved } of study.levels) {
      expect(error).toBeGreaterThan(0);
      expect(resolved).toBe(false);
    }
  });
});

describe("studyWeak", () => {
  const levels = [8, 16, 32, 64];
  const weakEuler = (steps: number, path: number) => scheme(WEAK, steps, path, 0);
  /* E X = e^a; Euler-Maruyama has (1 + a h)^n exactly */
  const bias = (steps: number): number => (1 + WEAK.a / steps) ** steps - Math.exp(WEAK.a);

  it("finds the exact bias and order one when the reference shares the path", () => {
    const [first] = studyWeak({
      solve: weakEuler,
      observables: ["x"],
      levels,
      paths: 8000,
      reference: { kind: "independent", name: "exact simulation", solve: (path) => exactly(WEAK, path) },
    });
    for (const { steps, bias: found, standardError } of first.levels) {
      expect(Math.abs(found - bias(steps))).toBeLessThan(5 * standardError);
      expect(Math.abs(found + bias(steps))).toBeGreaterThan(5 * standardError);
    }
    expect(first).toMatchObject({
      observable: "x",
      resolved: true,
      dropped: [],
      reference: "exact simulation",
    });
    const truth = Math.log(bias(8) / bias(64)) / Math.log(8);
    expect(first.fit!.interval[0]).toBeLessThan(truth + 0.02);
    expect(first.fit!.interval[1]).toBeGreaterThan(truth - 0.02);
    expect(inside(first.fit!.interval, 0.5, 2)).toBe(true);
  });

  it("says which levels noise covers, and that the statistical error is not below the bias", () => {
    const [first] = studyWeak({
      solve: weakEuler,
      observables: ["x"],
      levels,
      paths: 4000,
      reference: { kind: "exact", values: [Math.exp(WEAK.a)] },
    });
    expect(first.resolved).toBe(false);
    expect(first.dropped).toContain(64);
    expect(first.notes[0]).toMatch(/64 steps the bias is below 3 standard errors/);
    for (const { steps, bias: found, standardError, interval } of first.levels) {
      expect(Math.abs(found - bias(steps))).toBeLessThan(5 * standardError);
      /* Student's t with 3999 degrees of freedom, by an independent program */
      expect(interval[1] - interval[0]).toBeCloseTo(2 * 1.9605573 * standardError, 8);
    }
  });

  it("has slope intervals that cover 95 times in 100 because they know what levels share", () => {
    const trials = 400;
    const paths = 200;
    const noise = new Float64Array(paths * 5);
    let [hits, independent] = [0, 0];
    for (let t = 0; t < trials; t++) {
      brownian.normals(t, 500, noise);
      const c = covariance(4);
      for (let p = 0; p < paths; p++)
        c.add(levels.map((n, i) => 1 / n + ((noise[5 * p] + 0.3 * noise[5 * p + i + 1]) * 2) / n));
      const interval = weakOrder(levels, c.mean(), c.ofMeans(), { paths }).fit!.interval;
      hits += interval[0] <= 1 && 1 <= interval[1] ? 1 : 0;
      const diagonal = c.ofMeans().map((v, k) => (k % 5 === 0 ? v : 0));
      const wide = weakOrder(levels, c.mean(), diagonal, { paths }).fit!.interval;
      const ratio = (wide[1] - wide[0]) / (interval[1] - interval[0]);
      independent += ratio > 2 ? 1 : 0;
    }
    expect(Math.abs(hits / trials - 0.95)).toBeLessThan(5 * Math.sqrt((0.95 * 0.05) / trials));
    expect(independent).toBe(trials);
  });

  const none = [-Infinity, Infinity];
  const shares = (bias: (steps: number, path: number) => number, paths = 100, at = 1) =>
    studyWeak({
      observables: ["x"],
      levels,
      paths,
      reference: { kind: "exact", values: [at] },
      solve: (steps, path) => [at + bias(steps, path)],
    })[0];

  it("of an observable that is the same on all paths has an exact bias and no interval", () => {
    const exact = shares((steps) => 1 / steps);
    for (const { steps, bias: found, standardError, interval, resolved } of exact.levels) {
      expect(found).toBeCloseTo(1 / steps, 14);
      expect(standardError).toBe(0);
      expect(interval).toEqual(none);
      expect(resolved).toBe(true);
    }
    expect(exact.fit!.slope).toBeCloseTo(1, 10);
    expect(exact.fit!.interval).toEqual(none);
    expect(exact.notes).toEqual([
      "at 8, 16, 32, 64 steps the bias is the same on all paths: exact, without statistical error or interval",
    ]);
  });

  it("leaves levels without bias, and with one of the size of rounding, out of the fit", () => {
    const zero = shares((steps, path) => (steps === 32 ? 0 : (1 + 0.01 * (path % 7)) / steps));
    expect(zero.levels[2]).toEqual({
      steps: 32,
      bias: 0,
      error: 0,
      standardError: 0,
      interval: none,
      resolved: false,
    });
    expect(zero.dropped).toEqual([32]);
    expect(zero.fit!.slope).toBeCloseTo(1, 10);
    expect(zero.notes).toEqual(["no bias at all at 32 steps, on any path: left out of the fit"]);
    const never = shares(() => 0);
    expect(never.fit).toBeNull();
    expect(never.notes).toEqual(["no bias at all at 8, 16, 32, 64 steps, on any path: left out of the fit"]);
    for (const at of [1, 1e8, 1e-8]) {
      const rounding = shares((steps) => at * steps * 2e-16, 100, at);
      expect(rounding.fit).toBeNull();
      expect(rounding.notes[0]).toMatch(/of the size of rounding: left out of the fit$/);
    }
  });

  it("keeps its digits where some levels are exact and others noisy", () => {
    const noisy = (steps: number, path: number): number => (1 + 0.002 * (((path * steps) % 11) - 5)) / steps;
    const one = shares((steps, path) => (steps === 16 ? 1 / steps : noisy(steps, path)));
    expect(one.fit!.slope).toBeCloseTo(1, 2);
    const [low, high] = one.fit!.interval;
    expect(low).toBeLessThan(one.fit!.slope);
    expect(high - low).toBeLessThan(0.1);
    /* two exact levels decide the slope, and what decides does not vary */
    const three = shares((steps, path) => (steps === 16 ? noisy(steps, path) : 1 / steps));
    expect(three.fit!.slope).toBeCloseTo(1, 8);
    expect(three.fit!.interval).toEqual(none);
  });

  it("has Student's intervals: they cover 95 times in 100 with five paths too, where normal ones do not", () => {
    const trials = 2000;
    const draw = new Float64Array(5);
    let [hits, normal] = [0, 0];
    for (let t = 0; t < trials; t++) {
      brownian.normals(t, 600, draw);
      const { levels: found } = shares((steps, path) => 1 / steps + 0.1 * draw[path], 5);
      const { bias: b, standardError, interval } = found[0];
      hits += interval[0] <= 1 / 8 && 1 / 8 <= interval[1] ? 1 : 0;
      normal += Math.abs(b - 1 / 8) < 1.96 * standardError ? 1 : 0;
    }
    const reach = 5 * Math.sqrt((0.95 * 0.05) / trials);
    expect(Math.abs(hits / trials - 0.95)).toBeLessThan(reach);
    expect(Math.abs(normal / trials - 0.95)).toBeGreaterThan(reach);
  });

  it.each([
    [{ confidence: 1.5 }, /confidence is 1\.5/],
    [{ confidence: 0 }, /confidence is 0/],
    [{ resolution: NaN }, /resolution is NaN/],
    [{ resolution: -1 }, /resolution is -1/],
    [
      { levels: ["8", "16"] as unknown as number[] },
      /levels \["8","16"\], want at least two rising whole numbers/,
    ],
    [{ levels: 8 as unknown as number[] }, /levels 8, want/],
    [{ levels: [8.5, 16] }, /levels \[8\.5,16\]/],
  ])("refuses settings that make no study: %#", (settings, message) => {
    const study = { solve: weakEuler, observables: ["x"], levels, paths: 5 };
    expect(() => studyWeak({ ...study, ...settings })).toThrow(message);
    expect(() => studyWeak({ ...study, ...settings })).toThrow(RangeError);
  });

  it("serves several observables, its own finest level, and notes a change of sign", () => {
    const both = studyWeak({
      solve: (n, path) => [...weakEuler(n, path), (path % 2 ? 1e-9 : -1e-9) + (n === 8 ? -1 : 1) / n],
      observables: ["x", "odd"],
      levels: [...levels, 256],
      paths: 100,
    });
    expect(both.map((r) => r.observable)).toEqual(["x", "odd"]);
    expect(both[0].reference).toBe("its own means on 256 steps");
    expect(both[0].levels).toHaveLength(4);
    expect(both[1].notes[0]).toMatch(/changes sign/);
    expect(() => studyWeak({ solve: weakEuler, observables: ["x", "y"], levels, paths: 5 })).toThrow(
      /1 values for 2 observables/,
    );
  });
});
