import { describe, expect, it } from "vitest";
import { uniformLaw } from "../../src/laws/uniform.js";
import { exponentialSums } from "../../src/models/attention/exponential-sums.js";
import { noisyAttention } from "../../src/models/attention/noisy-attention.js";
import { silent } from "../../src/noise/silent.js";
import { stream } from "../../src/noise/stream.js";
import { brownian } from "../../src/noise/brownian.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { particles } from "../../solvers/particles.js";
import { simulate } from "../../solvers/simulate.js";

const cloud = (d: number, n: number) => uniformLaw(d).sample(n, stream("noisy attention", "initial"), d);

describe("exponential sums", () => {
  it.each([
    [2, 0],
    [2, 0.5],
    [2, -3],
    [2, 60],
    [3, 0],
    [3, 0.5],
    [3, -3],
    [3, 60],
  ])("by harmonics agree with direct sums, d = %i, beta = %f", (dimension, beta) => {
    const law = cloud(dimension, 200);
    const [a, b] = (["direct", "harmonic"] as const).map((method) => {
      const out = new Float64Array(200 * dimension);
      exponentialSums({ dimension, count: 200, beta, method })(law, out);
      return out;
    });
    const worst = a.reduce((s, v, i) => Math.max(s, Math.abs(v - b[i])), 0);
    expect(worst / Math.exp(Math.abs(beta))).toBeLessThan(2e-14);
  });

  it("refuse what cannot be computed", () => {
    expect(() => exponentialSums({ dimension: 4, count: 9, beta: 1, method: "harmonic" })).toThrow(/2 and 3/);
    expect(() => exponentialSums({ dimension: 3, count: 9, beta: 701 })).toThrow(/at most 700/);
  });
});

describe("noisy attention", () => {
  it("is the drift K P_x sum_j w_j e^{beta <x,y_j>} y_j: two tokens", () => {
    const model = noisyAttention({ dimension: 3, beta: 2, coupling: 0.7 });
    const field = model.plan(2);
    const law = {
      count: 2,
      dimension: 3,
      points: Float64Array.of(1, 0, 0, 0.6, 0.8, 0),
      weights: Float64Array.of(0.25, 0.75),
    };
    const out = new Float64Array(6);
    field.freeze(law);
    field.increment(0.1, new Float64Array(0), out);
    // At x = e_1 only y_2 has a tangent part, 0.8 e_2.
    expect(out[0]).toBeCloseTo(0, 16);
    expect(out[1]).toBeCloseTo(0.1 * 0.7 * 0.75 * Math.exp(2 * 0.6) * 0.8, 15);
    expect(model.channels).toBe(0);
    field.correction(out);
    expect(Math.max(...out.map(Math.abs))).toBe(0);
  });

  it("pulls tokens together without any noise, through a silent noise", () => {
    const model = noisyAttention({ dimension: 3, beta: 1, coupling: 1 });
    const evolution = particles({ model, scheme: eulerMaruyama, initial: cloud(3, 16) });
    const order = ({ points }: { points: Float64Array }): number =>
      Math.hypot(...[0, 1, 2].map((a) => points.reduce((s, v, i) => s + (i % 3 === a ? v / 16 : 0), 0)));
    const { values } = simulate({
      evolution,
      noise: silent({ horizon: 8, steps: 400 }),
      steps: 400,
      observe: { order },
      every: 100,
    });
    for (let i = 1; i < values.order.length; i++)
      expect(values.order[i]).toBeGreaterThan(values.order[i - 1]);
    expect(values.order[4]).toBeGreaterThan(0.99);
  });

  it("a silent noise says what it wants, and a Brownian one still refuses zero channels", () => {
    expect(() => silent({ horizon: 1, steps: 0 })).toThrow(/positive integer/);
    expect(() => silent({ horizon: NaN, steps: 1 })).toThrow("silent: horizon is NaN, want a finite number");
    expect(() => brownian({ seed: "a", path: 0, channels: 0, horizon: 1, steps: 1 })).toThrow(
      /channels is 0/,
    );
  });
});
