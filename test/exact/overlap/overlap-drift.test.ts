import { describe, expect, it } from "vitest";
import { directBarycentres } from "../../../src/models/attention/direct-barycentres.js";
import { gaussianAttention } from "../../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../../src/models/heads/gaussian-heads.js";
import { frameScores, gaussianScores } from "../../../src/exact/overlap/frame-scores.js";
import { driftRate, overlapDrift, variationRate } from "../../../src/exact/overlap/overlap-drift.js";
import { normalize } from "../../../src/sphere/retract.js";
import { wrap } from "../../../src/sphere/measure.js";
import { stream } from "../../../src/noise/stream.js";

function cloudOf(n: number, d: number, weights?: Float64Array) {
  const points = new Float64Array(n * d);
  stream("overlap drift", "test").normals(0, n, points);
  for (let o = 0; o < n * d; o += d) points[o] += 1;
  normalize(points, d);
  return wrap(points, d, weights);
}

/** s_ij of one explicit set of atoms: means and standard errors of D_12 and of the quadratic variation. */
function bruteForce(n: number, d: number, beta: number, sigmaA: number, count: number) {
  const law = cloudOf(n, d);
  const atoms = drawAtoms("brute", count, d, sigmaA);
  const bary = directBarycentres(n, d, 1, beta);
  let R = 0;
  for (let a = 0; a < d; a++) R += law.points[a] * law.points[d + a];
  const dot = (i: number, j: number): number => {
    let s = 0;
    for (let a = 0; a < d; a++) s += bary.values[i * d + a] * bary.values[j * d + a];
    return s;
  };
  const D: number[] = [];
  const B: number[] = [];
  for (const A of atoms) {
    bary.freeze(law, [A]);
    const own = dot(0, 0) + dot(1, 1);
    D.push(driftRate(d, R, dot(0, 1), own) / d);
    B.push(variationRate(R, dot(0, 1), own) / d);
  }
  const statistics = (v: number[]): [number, number] => {
    const mean = v.reduce((s, x) => s + x, 0) / v.length;
    return [mean, Math.sqrt(v.reduce((s, x) => s + (x - mean) ** 2, 0)) / v.length];
  };
  return { drift: statistics(D), variation: statistics(B) };
}

describe("overlap rates", () => {
  it("are the generator of Gaussian attention on <x_1, x_2>, key matrices fixed", () => {
    const d = 4;
    const n = 3;
    const law = cloudOf(n, d);
    const [A] = drawAtoms("one", 1, d, 0.8);
    const model = gaussianAttention({ dimension: d, beta: 1.2, sigmaV: 1, atoms: [A] });
    const field = model.plan(n);
    field.freeze(law);
    const g = new Float64Array(n * d);
    const unit = new Float64Array(model.channels);
    const x = law.points;
    let R = 0;
    for (let a = 0; a < d; a++) R += x[a] * x[d + a];
    let drift = 0;
    let variation = 0;
    for (let k = 0; k < model.channels; k++) {
      unit.fill(0);
      unit[k] = 1;
      field.increment(0, unit, g);
      // Second and first derivative of <x_1, x_2> along geodesics with velocities g_1, g_2.
      let first = 0;
      let both = 0;
      let squares = 0;
      for (let a = 0; a < d; a++) {
        first += g[a] * x[d + a] + x[a] * g[d + a];
        both += g[a] * g[d + a];
        squares += g[a] ** 2 + g[d + a] ** 2;
      }
      drift += both - 0.5 * R * squares;
      variation += first * first;
    }
    const bary = directBarycentres(n, d, 1, 1.2);
    bary.freeze(law, [A]);
    const m = bary.values;
    let across = 0;
    let own = 0;
    for (let a = 0; a < d; a++) {
      across += m[a] * m[d + a];
      own += m[a] ** 2 + m[d + a] ** 2;
    }
    expect(driftRate(d, R, across, own)).toBeCloseTo(drift, 12);
    expect(variationRate(R, across, own)).toBeCloseTo(variation, 12);
    expect(Math.abs(driftRate(d + 1, R, across, own) - drift)).toBeGreaterThan(1e-2);
  });

  it("are the closed form of two tokens at beta = 0", () => {
    const d = 5;
    const law = cloudOf(2, d);
    const rates = overlapDrift({ law, beta: 0, scores: gaussianScores(d, 1), samples: 2, seed: "s" });
    let R = 0;
    for (let a = 0; a < d; a++) R += law.points[a] * law.points[d + a];
    expect(rates.drift[1]).toBeCloseTo(((1 - R * R) * (d - 2 - R)) / (2 * d), 12);
    expect(rates.variation[1]).toBeCloseTo((1 - R * R) ** 2 / d, 12);
    expect(rates.driftError[1]).toBeLessThan(1e-12);
    expect(rates.meanDrift).toBeCloseTo(rates.drift[1] / 2, 12);
  });

  it.each([
    // Few tokens feel a missing factor d^{1/2} in the scores; six in R^3 average it away and need a cruder error.
    [3, 8, 0.49],
    [6, 3, 4 * Math.sqrt(3)],
  ])("agree with explicit key matrices, %i tokens in R^%i", (n, d, wrongDeviation) => {
    const beta = 2;
    const sigmaA = 0.7;
    const brute = bruteForce(n, d, beta, sigmaA, 4000);
    const at = (scores: ReturnType<typeof gaussianScores>) =>
      overlapDrift({ law: cloudOf(n, d), beta, scores, samples: 6000, seed: "frames" });
    const rates = at(gaussianScores(d, sigmaA));
    const z = (r: typeof rates) => [
      Math.abs(r.drift[1] - brute.drift[0]) / Math.hypot(r.driftError[1], brute.drift[1]),
      Math.abs(r.variation[1] - brute.variation[0]) / Math.hypot(r.variationError[1], brute.variation[1]),
    ];
    expect(Math.max(...z(rates))).toBeLessThan(5);
    const wrong = at({ dimension: d, factors: 2, deviation: wrongDeviation });
    expect(Math.max(...z(wrong))).toBeGreaterThan(5.5);
  });

  it("have the closed form of two tokens at zero temperature, which pick the better of the two", () => {
    const d = 6;
    const R = 0.4;
    const law = wrap(Float64Array.of(1, 0, 0, 0, 0, 0, R, Math.sqrt(1 - R * R), 0, 0, 0, 0), d);
    const scores = gaussianScores(d, 1, 1);
    const rates = overlapDrift({ law, beta: 1e6, scores, samples: 20000, seed: "hard" });
    const expected = (s: number): number => driftRate(d, R, s, 2) / d;
    const s = R + (1 - R) * (0.5 + Math.asin(R) / Math.PI);
    expect(Math.abs(rates.drift[1] - expected(s))).toBeLessThan(5 * rates.driftError[1]);
    // Not the s of tokens in a background that fills the sphere:
    expect(Math.abs(rates.drift[1] - expected(R))).toBeGreaterThan(5 * rates.driftError[1]);
  });

  it("see a repeated token", () => {
    const points = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 0.6, 0.8, 0, 0);
    const rates = overlapDrift({
      law: wrap(points, 4),
      beta: 1,
      scores: gaussianScores(4, 1),
      samples: 50,
      seed: "s",
    });
    expect(Math.abs(rates.drift[1])).toBeLessThan(1e-14);
    expect(rates.drift[2]).toBeCloseTo(rates.drift[5], 14);
  });

  it("refuses scores of another dimension", () => {
    expect(() =>
      overlapDrift({ law: cloudOf(2, 3), beta: 1, scores: gaussianScores(4, 1), samples: 9, seed: "s" }),
    ).toThrow("scores: for heads in R^4, the points are in R^3");
  });
});

describe("frame scores", () => {
  // For M = Z Z'^T / sqrt(d): E M_11^2 = 1 and E M_11 M_12 M_21 M_22 = 1/d, which Gaussian entries do not have.
  const samples = 40000;
  const moments = (law: Parameters<typeof frameScores>[0]): { square: number[]; loop: number[] } => {
    const draw = frameScores(law, 2, "moments");
    const M = new Float64Array(4);
    const sums = [0, 0, 0, 0];
    for (let s = 0; s < samples; s++) {
      draw(s, M);
      const loop = M[0] * M[1] * M[2] * M[3];
      const square = (M[0] ** 2 + M[1] ** 2 + M[2] ** 2 + M[3] ** 2) / 4;
      sums[0] += square;
      sums[1] += square * square;
      sums[2] += loop;
      sums[3] += loop * loop;
    }
    const of = (k: number): number[] => {
      const mean = sums[k] / samples;
      return [mean, Math.sqrt((sums[k + 1] / samples - mean * mean) / samples)];
    };
    return { square: of(0), loop: of(2) };
  };

  it.each([1, 2, 3, 7])("have the joint moments of two Gaussian factors, d = %i", (d) => {
    const { square, loop } = moments({ dimension: d, factors: 2, deviation: 1 });
    expect(Math.abs(square[0] - 1)).toBeLessThan(5 * square[1]);
    expect(Math.abs(loop[0] - 1 / d)).toBeLessThan(5 * loop[1]);
    expect(loop[0]).toBeGreaterThan(5 * loop[1]);
  });

  it("are Gaussian in the limit and for one factor", () => {
    const { square, loop } = moments({ dimension: Infinity, factors: 2, deviation: 1 });
    expect(Math.abs(square[0] - 1)).toBeLessThan(5 * square[1]);
    expect(Math.abs(loop[0])).toBeLessThan(5 * loop[1]);
    expect(moments({ dimension: 3, factors: 1, deviation: 1 }).loop[0]).toBe(loop[0]);
  });
});
