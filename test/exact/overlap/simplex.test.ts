import { describe, expect, it } from "vitest";
import { solveScalar } from "../../../src/numerics/runge-kutta.js";
import { solveOde } from "../../../solvers/ode.js";
import { homogenized } from "../../../src/models/attention/homogenized.js";
import { gaussianScores } from "../../../src/exact/overlap/frame-scores.js";
import {
  logisticOverlap,
  selfAttentionDrift,
  simplexCurve,
  simplexDrift,
} from "../../../src/exact/overlap/overlap-curves.js";
import { driftRate, overlapDrift } from "../../../src/exact/overlap/overlap-drift.js";
import { simplexAttention, simplexMoments } from "../../../src/exact/overlap/simplex-attention.js";
import { wrap } from "../../../src/sphere/measure.js";

/** n unit vectors in R^d with all overlaps gamma: a e_i + b e_{n+1}. */
function simplex(n: number, d: number, gamma: number) {
  const points = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    points[i * d + i] = Math.sqrt(1 - gamma);
    points[i * d + n] = Math.sqrt(gamma);
  }
  return wrap(points, d);
}

describe("attention on a simplex", () => {
  const d = 8;
  const n = 4;
  const beta = 1.5;
  const ensemble = simplexAttention({
    tokens: n,
    scores: gaussianScores(d, 0.8),
    beta,
    samples: 6000,
    seed: "simplex",
  });

  it.each([0.1, 0.6])("has the drift of the general formula at gamma = %f", (gamma) => {
    const { f, g, fError, gError } = simplexMoments(ensemble, gamma);
    const general = overlapDrift({
      law: simplex(n, d, gamma),
      beta,
      scores: gaussianScores(d, 0.8),
      samples: 6000,
      seed: "general",
    });
    const error = Math.hypot(general.meanDriftError * (n / (n - 1)), fError, gError);
    const expected = (general.meanDrift * n) / (n - 1);
    expect(Math.abs(simplexDrift(d, gamma, f, g) - expected)).toBeLessThan(5 * error);
    // The printed limit is not the drift at d = 8.
    expect(Math.abs(simplexDrift(Infinity, gamma, f, g) - expected)).toBeGreaterThan(5 * error);
  });

  it("has f = g = 1/n at beta = 0", () => {
    const even = simplexAttention({
      tokens: 5,
      scores: gaussianScores(3, 1),
      beta: 0,
      samples: 2,
      seed: "s",
    });
    const { f, g } = simplexMoments(even, 0.3);
    expect(f).toBeCloseTo(0.2, 14);
    expect(g).toBeCloseTo(0.2, 14);
  });

  it("keeps f between 1/n and 1, and g below f", () => {
    const { f, g, fError } = simplexMoments(ensemble, 0);
    expect(f).toBeGreaterThan(1 / n + 5 * fError);
    expect(f).toBeLessThan(1);
    expect(g).toBeLessThan(f);
  });

  it("is the drift of an overlap with s = gamma + (1-gamma) g and |m|^2 = gamma + (1-gamma) f", () => {
    const [gamma, f, g] = [0.3, 0.7, 0.2];
    const rate = driftRate(d, gamma, gamma + (1 - gamma) * g, 2 * (gamma + (1 - gamma) * f)) / d;
    expect(simplexDrift(d, gamma, f, g)).toBeCloseTo(rate, 15);
    expect(simplexDrift(Infinity, gamma, f, g)).toBeCloseTo(0.44 - 0.3 * 0.79, 15);
  });
});

describe("overlap curves", () => {
  it("follow the logistic law at beta = 0 and many tokens' worth of d", () => {
    // f = g = 1/n turns the printed drift into (1/n + (1-1/n) gamma)(1-gamma), with the mean overlap logistic.
    const n = 10;
    const ensemble = simplexAttention({
      tokens: n,
      scores: { dimension: Infinity, factors: 1, deviation: 1 },
      beta: 0,
      samples: 10,
      seed: "s",
    });
    const curve = simplexCurve({ ensemble, dimension: Infinity, start: 0, horizon: 3, steps: 60 });
    const mean = (gamma: number): number => (1 + (n - 1) * gamma) / n;
    expect(curve.stepError).toBeLessThan(1e-7);
    expect(Math.max(...curve.standardError)).toBeLessThan(1e-12);
    curve.times.forEach((t, s) => {
      expect(mean(curve.gamma[s])).toBeCloseTo(logisticOverlap(1 / n, t), 6);
    });
  });

  it("state the Monte Carlo error: halves of the samples differ by about as much", () => {
    const make = (seed: string) =>
      simplexCurve({
        ensemble: simplexAttention({
          tokens: 6,
          scores: gaussianScores(16, 0.5),
          beta: 4,
          samples: 200,
          seed,
        }),
        dimension: 16,
        start: 0,
        horizon: 2,
        steps: 20,
      });
    const [a, b] = [make("a"), make("b")];
    for (const s of [5, 10, 20]) {
      const error = Math.hypot(a.standardError[s], b.standardError[s]);
      expect(error).toBeGreaterThan(1e-5);
      expect(Math.abs(a.gamma[s] - b.gamma[s])).toBeLessThan(5 * error);
    }
    expect(a.stepError).toBeLessThan(0.1 * a.standardError[10]);
  });

  it("are those of the homogenized ODE with V = A = I", () => {
    const n = 4;
    const d = 5;
    const beta = 2;
    const one = new Float64Array(d * d);
    for (let a = 0; a < d; a++) one[a * d + a] = 1;
    const model = homogenized({
      dimension: d,
      beta,
      heads: [{ V: one, A: one }],
      clock: { eta: 1, heads: Infinity },
    });
    const solution = solveOde({ model, initial: simplex(n, d, 0.1), horizon: 2, steps: 40 });
    const x = solution.law.points;
    let overlap = 0;
    for (let a = 0; a < d; a++) overlap += x[a] * x[d + a];
    const curve = solveScalar((gamma) => selfAttentionDrift(n, beta, gamma), 0.1, 2, 80);
    expect(overlap).toBeCloseTo(curve[80], 6);
    const without = solveScalar((gamma) => selfAttentionDrift(n + 1, beta, gamma), 0.1, 2, 80);
    expect(Math.abs(overlap - without[80])).toBeGreaterThan(1e-3);
  });
});
