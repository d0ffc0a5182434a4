import { describe, expect, it } from "vitest";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planDirectTilted } from "../../src/spectral/direct-tilted.js";
import { planTilted } from "../../src/spectral/funk-hecke.js";
import type { TiltedOptions } from "../../src/spectral/funk-hecke.js";
import { Stopped } from "../../src/numerics/stopped.js";
import { harmonicIsCheaper } from "../../src/spectral/harmonic-cost.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import type { TiltedAverages } from "../../src/spectral/tilted-averages.js";
import type { Measure } from "../../src/types.js";
import { fixedNumbers } from "./reference-transform.js";

const normalised = (points: Float64Array, d: number): Float64Array => {
  for (let o = 0; o < points.length; o += d) {
    const norm = Math.hypot(...points.subarray(o, o + d));
    for (let a = 0; a < d; a++) points[o + a] /= norm;
  }
  return points;
};

/** Random points; `radius` < 1 gathers them around the first axis. Weights are not equal. */
function cloud(d: number, count: number, radius: number, seed: number): Measure {
  const points = fixedNumbers(count * d, seed).map(
    (v, i) => radius * v + (radius < 1 && i % d === 0 ? 1 : 0),
  );
  const raw = fixedNumbers(count, seed + 1).map((v) => 1.5 + v);
  const total = raw.reduce((s, v) => s + v, 0);
  return { count, dimension: d, points: normalised(points, d), weights: raw.map((v) => v / total) };
}

/** A density of degree 9 on its nodes: some of it may be negative, as truncation makes them. */
function density(d: 2 | 3): Measure {
  const transform = d === 3 ? planSphere({ lmax: 9 }) : planCircle({ lmax: 60 });
  const coefficients = fixedNumbers(transform.size, 31).map(
    (v, k) => (v * 0.3) / (1 + transform.degrees[k] ** 2),
  );
  coefficients[0] = d === 3 ? 1 / Math.sqrt(4 * Math.PI) : 1 / Math.sqrt(2 * Math.PI);
  const rho = new Float64Array(transform.count);
  transform.synthesis(coefficients, rho);
  return {
    count: transform.count,
    dimension: d,
    points: transform.nodes,
    weights: rho.map((v, i) => v * transform.weights[i]),
  };
}

/** Tilts of every length up to the longest, which is reached. */
function tilts(d: number, count: number, longest: number, seed: number): Float64Array {
  const u = normalised(fixedNumbers(count * d, seed), d);
  return u.map((v, i) => v * longest * ((Math.floor(i / d) + 1) / count));
}

function average(plan: TiltedAverages, law: Measure, reach: number, values: Float64Array, u: Float64Array) {
  const width = values.length / law.count;
  const functions = plan.functions(width);
  plan.freeze(law, reach);
  functions.values.set(values);
  functions.load();
  const out = new Float64Array((u.length / law.dimension) * width);
  functions.average(u, out);
  return out;
}

const difference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((worst, v, i) => Math.max(worst, Math.abs(v - b[i])), 0);

describe.each([2, 3] as const)("tilted averages, d = %i", (d) => {
  const harmonic = (count: number, more: Partial<TiltedOptions> = {}): TiltedAverages =>
    planTilted({ dimension: d, count, method: "harmonic", ...more });
  const laws: [string, Measure][] = [
    ["a cloud", cloud(d, 151, 1, 40)],
    ["a cluster", cloud(d, 151, 0.3, 50)],
    ["a density", density(d)],
  ];

  describe.each(laws)("of %s", (_, law) => {
    it.each([1e-6, 1e-3, 1, 10, 100, 1e3])("agree with direct sums to 1e-12, longest tilt %f", (reach) => {
      const u = tilts(d, 60, reach, 60);
      // barycentre and five more functions: two blocks of right-hand sides
      const values = Float64Array.from({ length: law.count * (d + 5) }, (_v, i) => {
        const [j, r] = [Math.floor(i / (d + 5)), i % (d + 5)];
        return r < d ? law.points[j * d + r] : Math.cos(r * law.points[j * d] + law.points[j * d + 1]);
      });
      const plan = harmonic(law.count);
      const found = average(plan, law, reach, values, u);
      const expected = average(planDirectTilted(d, law.count), law, reach, values, u);
      expect(difference(found, expected)).toBeLessThan(1e-12);
      expect(plan.diagnostics().errorBound).toBeLessThanOrEqual(1e-12);
      if (reach <= 1) expect(plan.diagnostics().summedDirectly).toBe(0);
    });

    it("stay within the error bound they report, whatever the tolerance", () => {
      const u = tilts(d, 200, 6, 61);
      const expected = average(planDirectTilted(d, law.count), law, 6, law.points, u);
      for (const tolerance of [1e-1, 1e-3, 1e-5, 1e-8, 1e-12]) {
        const plan = harmonic(law.count, { tolerance });
        const error = difference(average(plan, law, 6, law.points, u), expected);
        const bound = plan.diagnostics().errorBound as number;
        expect(error).toBeLessThanOrEqual(bound);
        expect(bound).toBeLessThanOrEqual(tolerance);
        // and truncation is really there: the low degrees of a loose tolerance do not reach the tight answer
        if (tolerance >= 1e-5) expect(error).toBeGreaterThan(1e-13);
      }
    });
  });

  it("sums directly where no mass lies under the tilt, and says so", () => {
    const law = cloud(d, 100, 0.1, 70);
    const away = new Float64Array(d);
    away[0] = -40;
    const plan = harmonic(100);
    const found = average(plan, law, 40, law.points, away);
    expect(plan.diagnostics()).toMatchObject({ method: "harmonic", summedDirectly: 1, tilts: 1 });
    expect(difference(found, average(planDirectTilted(d, 100), law, 40, law.points, away))).toBe(0);
    // the harmonic sum itself would have been wrong here: a tolerance that accepts anything shows it
    const trusting = harmonic(100, { tolerance: 0.999 });
    const towards = away.map((v) => -v);
    expect(average(trusting, law, 40, law.points, towards)[0]).toBeCloseTo(1, 2);
    expect(trusting.diagnostics().summedDirectly).toBe(0);
  });

  it("give the derivative of the barycentre along points and law (differences)", () => {
    const law = cloud(d, 80, 1, 80);
    const u = tilts(d, 80, 3, 81);
    const du = fixedNumbers(80 * d, 82);
    const dy = fixedNumbers(80 * d, 83);
    const barycentre = (t: number): Float64Array =>
      average(
        planDirectTilted(d, 80),
        { ...law, points: law.points.map((v, i) => v + t * dy[i]) },
        10,
        law.points.map((v, i) => v + t * dy[i]),
        u.map((v, i) => v + t * du[i]),
      );
    const step = 1e-4;
    const [near, far] = [difference3(barycentre, step), difference3(barycentre, 2 * step)];
    const expected = near.map((v, i) => (4 * v - far[i]) / 3);

    // E[dy_b], E[y_b], E[y_b y_c], E[y_b dy_c]: everything of mathematics section 4 is a tilted average
    const width = 2 * d + 2 * d * d;
    const values = new Float64Array(80 * width);
    for (let j = 0; j < 80; j++)
      for (let b = 0; b < d; b++) {
        values[j * width + b] = dy[j * d + b];
        values[j * width + d + b] = law.points[j * d + b];
        for (let c = 0; c < d; c++) {
          values[j * width + 2 * d + b * d + c] = law.points[j * d + b] * law.points[j * d + c];
          values[j * width + 2 * d + d * d + b * d + c] = law.points[j * d + b] * dy[j * d + c];
        }
      }
    const e = average(harmonic(80), law, 3, values, u);
    const found = new Float64Array(80 * d);
    for (let i = 0; i < 80; i++) {
      const at = (k: number): number => e[i * width + k];
      for (let b = 0; b < d; b++) {
        let sum = at(b);
        for (let c = 0; c < d; c++) {
          sum += (at(2 * d + b * d + c) - at(d + b) * at(d + c)) * du[i * d + c];
          sum += (at(2 * d + d * d + b * d + c) - at(d + b) * at(c)) * u[i * d + c];
        }
        found[i * d + b] = sum;
      }
    }
    // fourth-order differences: 1e-16 / 1e-4 rounding
    expect(difference(found, expected)).toBeLessThan(1e-10);
  });

  describe.each(laws)("in combinations with the gradient of the exponential, of %s", (_, law) => {
    // two sources, in recipes of one term, of several, and of a plain source out of order
    const recipes = [
      [{ source: 1 }, { source: 0, along: 0 }],
      [{ source: 0, along: 1 }],
      [{ source: 0 }],
    ].concat(d === 3 ? [[{ source: 1, along: 2 }]] : []);
    const sources = Float64Array.from({ length: 2 * law.count }, (_v, i) =>
      Math.cos(3 * (i % 2) + law.points[d * (i >> 1)] - 2 * law.points[d * (i >> 1) + 1]),
    );
    const run = (plan: TiltedAverages, reach: number, u: Float64Array): Float64Array => {
      const functions = plan.combinations(2, recipes);
      plan.freeze(law, reach);
      functions.values.set(sources);
      functions.load();
      const out = new Float64Array((u.length / d) * functions.width);
      functions.average(u, out);
      return out;
    };

    it.each([1e-3, 1, 10, 100])("agree with direct sums, longest tilt %f", (reach) => {
      const u = tilts(d, 60, reach, 65);
      const plan = harmonic(law.count);
      const found = run(plan, reach, u);
      // right-hand sides of the second kind are of the size of the tilt
      expect(difference(found, run(planDirectTilted(d, law.count), reach, u))).toBeLessThan(
        1e-12 * (1 + reach),
      );
      if (reach <= 1) expect(plan.diagnostics().summedDirectly).toBe(0);
    });

    it("mean what they say", () => {
      const u = tilts(d, 9, 2, 66);
      const found = run(harmonic(law.count), 2, u);
      for (let i = 0; i < 9; i++) {
        let [one, gradient] = [0, 0];
        for (let j = 0; j < law.count; j++) {
          let dot = 0;
          for (let a = 0; a < d; a++) dot += u[i * d + a] * law.points[j * d + a];
          const weight = law.weights[j] * Math.exp(dot);
          one += weight;
          gradient += weight * sources[2 * j] * (u[i * d + 1] - dot * law.points[j * d + 1]);
        }
        expect(Math.abs(found[i * recipes.length + 1] - gradient / one)).toBeLessThan(1e-13);
      }
    });
  });

  it("need terms that do not depend on n, so that cost is linear in n", () => {
    const degrees = [100, 1000, 4000].map((count) => {
      const plan = harmonic(count);
      plan.freeze(cloud(d, count, 1, 90), 5);
      return plan.diagnostics().degree;
    });
    expect(new Set(degrees).size).toBe(1);
    expect(degrees[0]).toBeLessThan(30);
  });

  it("choose the cheaper method and report it", () => {
    const chosen = (count: number, reach: number): unknown => {
      const plan = planTilted({ dimension: d, count });
      plan.freeze(cloud(d, count, 1, 95), reach);
      return plan.diagnostics().method;
    };
    expect(chosen(4, 1)).toBe("direct");
    expect(chosen(2000, 1)).toBe("harmonic");
    expect(chosen(50, d === 3 ? 1e4 : 1e5)).toBe("direct");
    for (const reach of [1e16, 1e100, 1e300]) expect(chosen(2000, reach)).toBe("direct");
    expect(harmonicIsCheaper(d, 1e6, 20)).toBe(true);
  });

  it("freezing again for a longer reach, then a shorter one, leaves nothing behind", () => {
    const law = cloud(d, 50, 1, 97);
    const plan = harmonic(50);
    const functions = plan.functions(d);
    const results = [2, 60, 2].map((reach) => {
      plan.freeze(law, reach);
      functions.values.set(law.points);
      functions.load();
      const out = new Float64Array(20 * d);
      functions.average(tilts(d, 20, 2, 98), out);
      return out;
    });
    expect(difference(results[0], results[2])).toBe(0);
    expect(difference(results[0], results[1])).toBeLessThan(1e-13);
  });

  it("refuses what it cannot do", () => {
    const law = cloud(d, 10, 1, 99);
    expect(() => average(harmonic(10), law, 1, law.points, tilts(d, 3, 2, 1))).toThrow(/beyond the reach 1/);
    expect(() => average(harmonic(10), law, 1, law.points, tilts(d, 3, NaN, 1))).toThrow(/beyond the reach/);
    expect(() => harmonic(10).freeze(law, NaN)).toThrow(/reach must be finite/);
    expect(() => harmonic(10).freeze(law, 1e16)).toThrow(Stopped);
    expect(() => harmonic(10).freeze(law, 1e16)).toThrow(
      /end at degree \d+, and tilts of 1\.00e\+16 need a higher/,
    );
    const spoilt = { ...law, weights: law.weights.map((w, j) => (j === 3 ? NaN : w)) };
    expect(() => harmonic(10).freeze(spoilt, 1)).toThrow(/not finite/);
    expect(() => harmonic(10, { tolerance: 0 })).toThrow(/tolerance/);
    expect(() => harmonic(10).functions(1).load()).toThrow(/freeze a law/);
    if (d === 3) expect(() => harmonic(10).freeze(law, 1e5)).toThrow(/tilts of 1\.00e\+5 need a higher/);
  });
});

function difference3(f: (t: number) => Float64Array, step: number): Float64Array {
  const [plus, minus] = [f(step), f(-step)];
  return plus.map((v, i) => (v - minus[i]) / (2 * step));
}

it("other dimensions are summed directly", () => {
  const law = cloud(5, 20, 1, 3);
  const plan = planTilted({ dimension: 5, count: 20 });
  const found = average(plan, law, 2, law.points, new Float64Array(5));
  const mean = Array.from({ length: 5 }, (_, a) =>
    law.weights.reduce((s, w, j) => s + w * law.points[5 * j + a], 0),
  );
  expect(difference(found, Float64Array.from(mean))).toBeLessThan(1e-15);
  expect(plan.diagnostics()).toEqual({ method: "direct" });
  expect(() => planTilted({ dimension: 5, count: 20, method: "harmonic" })).toThrow(/dimension 2 and 3/);
});
