import { describe, expect, it } from "vitest";
import { driftFlow, solveOde } from "../../solvers/ode.js";
import { transformer } from "../../solvers/transformer.js";
import { homogenized, type Homogenized } from "../../src/models/attention/homogenized.js";
import { drawHeads } from "../../src/models/heads/head.js";
import { independentHeads } from "../../src/models/heads/independent-heads.js";
import { independentPerceptron } from "../../src/models/heads/perceptron.js";
import { defineModel } from "../../src/models/define-model.js";
import type { LayerStep } from "../../src/models/attention/corrector.js";
import { wrap } from "../../src/sphere/measure.js";
import { normalize } from "../../src/sphere/retract.js";

const points = Float64Array.of(1, 0.2, -0.3, 0.1, 1, 0.4, -0.2, 0.3, 1, 0.8, -0.9, 0.1);
normalize(points, 3);
const cloud = wrap(points, 3);
const V = Float64Array.of(0.9, 0.5, 0, -0.6, 1.1, 0.2, 0.3, 0, 0.7);
const A = Float64Array.of(1, 0.4, 0, 0, 0.8, -0.5, 0.2, 0, 1.3);
const beta = 1.3;
const horizon = 1;

/** A law with means, a perceptron block and no variance: its transformer is deterministic. */
const law = independentHeads({
  dimension: 3,
  V: { sigma: 0, mean: V },
  A: { sigma: 0, mean: A },
  perceptron: independentPerceptron({
    dimension: 3,
    width: 2,
    sigma: { W2: 0, W1: 0, b: 0 },
    mean: {
      W2: Float64Array.of(0.4, -0.2, 0.1, 0.5, -0.3, 0.2),
      W1: Float64Array.of(1, -0.5, 0.3, 0.2, 0.9, -1),
      b: Float64Array.of(0.2, -0.1),
    },
    seed: "none",
  }),
  seed: "none",
});

function chain(eta: number, layerStep: LayerStep): Float64Array {
  const evolution = transformer({ heads: law, headsPerLayer: 2, eta, beta, initial: cloud, layerStep });
  for (let step = 0; step < Math.round(horizon / eta); step++) {
    evolution.advance({ path: 0, step, time: step * eta, dt: eta, dW: new Float64Array(0), area: null });
  }
  return evolution.law.points;
}

function limit(eta: number, change: Partial<Homogenized>): Float64Array {
  const model = homogenized({
    dimension: 3,
    beta,
    heads: drawHeads(law, 1),
    clock: { eta, heads: Infinity },
    ...change,
  });
  const solution = solveOde({ model, initial: cloud, horizon, steps: 40 });
  expect(solution.error).toBeLessThan(1e-8);
  return solution.law.points;
}

const distance = (a: Float64Array, b: Float64Array): number => Math.hypot(...a.map((v, i) => v - b[i]));

describe.each(["ambient", "tangent"] as const)("the chain of a deterministic law, %s layers", (layerStep) => {
  const slope = (change: (eta: number) => Partial<Homogenized>): number => {
    const error = (eta: number): number => distance(chain(eta, layerStep), limit(eta, change(eta)));
    return Math.log2(error(1 / 64) / error(1 / 128));
  };

  it("follows ODE I to first order and ODE II to second", () => {
    expect(slope(() => ({ layerStep }))).toBeCloseTo(1, 1);
    expect(slope((eta) => ({ layerStep, corrector: eta }))).toBeCloseTo(2, 1);
  });

  it("does so only with the right corrector", () => {
    const other = layerStep === "ambient" ? "tangent" : "ambient";
    // The other layer's corrector, half of it, and twice it:
    expect(slope((eta) => ({ layerStep: other, corrector: eta }))).toBeLessThan(1.3);
    expect(slope((eta) => ({ layerStep, corrector: eta / 2 }))).toBeLessThan(1.3);
    expect(slope((eta) => ({ layerStep, corrector: 2 * eta }))).toBeLessThan(1.3);
  });

  it("loses the order when nabla_b b keeps the law frozen", () => {
    // x_i moves, the law does not: the law's own points sit beside it with the weights, the moving ones have none.
    const frozenDerivative = (eta: number): Float64Array => {
      const model = homogenized({
        dimension: 3,
        beta,
        heads: drawHeads(law, 1),
        clock: { eta, heads: Infinity },
        layerStep,
      });
      const field = model.plan(8);
      const plainField = model.plan(4);
      const b = new Float64Array(12);
      const zero = Float64Array.of(0);
      const corrected = defineModel({
        name: "frozen law",
        dimension: 3,
        noise: [],
        statistic: {
          size: 12,
          of(mu, out) {
            const both = new Float64Array(24);
            both.set(mu.points);
            both.set(mu.points, 12);
            const weights = new Float64Array(8);
            weights.set(mu.weights, 4);
            plainField.freeze(mu);
            plainField.increment(1, zero, b);
            const along = new Float64Array(24);
            along.set(b);
            const moved = new Float64Array(24);
            field.freeze(wrap(both, 3, weights));
            field.derivative(1, zero, along, moved);
            for (let i = 0; i < 12; i++) out[i] = b[i] - 0.5 * eta * moved[i];
          },
        },
        drift(x, out, statistic, mu) {
          let i = 0;
          while (mu.points[3 * i] !== x[0] || mu.points[3 * i + 1] !== x[1]) i++;
          for (let a = 0; a < 3; a++) out[a] = statistic[3 * i + a];
        },
      });
      return solveOde({ model: corrected, initial: cloud, horizon, steps: 40 }).law.points;
    };
    const error = (eta: number): number => distance(chain(eta, layerStep), frozenDerivative(eta));
    expect(Math.log2(error(1 / 64) / error(1 / 128))).toBeLessThan(1.3);
  });
});

describe("the drift flow", () => {
  // x' = P_x e_3 has x_3 = tanh(t + artanh x_3(0)).
  const model = defineModel({
    name: "north",
    dimension: 3,
    drift: (_x, out) => out.set([0, 0, 1]),
    noise: [],
  });

  it("is exact to order four, and step halving tells the error", () => {
    const exact = Math.tanh(2 + Math.atanh(points[2]));
    const solve = (steps: number) => solveOde({ model, initial: cloud, horizon: 2, steps });
    const error = (steps: number): number => Math.abs(solve(steps).law.points[2] - exact);
    const one = error(8);
    expect(Math.log2(one / error(16))).toBeGreaterThan(3.6);
    expect(Math.log2(one / error(16))).toBeLessThan(4.6);
    expect(solve(8).error).toBeGreaterThan(0.5 * one);
    expect(solve(8).error).toBeLessThan(20 * one);
  });

  it("observes at every step and refuses what it cannot do", () => {
    const { times, values } = solveOde({
      model,
      initial: cloud,
      horizon: 1,
      steps: 16,
      observe: { height: (mu) => mu.points[2] },
    });
    expect(times).toHaveLength(17);
    expect(times[4]).toBe(0.25);
    expect(values.height[0]).toBe(points[2]);
    expect(values.height[16]).toBeCloseTo(Math.tanh(1 + Math.atanh(points[2])), 6);
    expect(() => solveOde({ model, initial: cloud, horizon: 1, steps: 0 })).toThrow("steps: 0");
    expect(() => driftFlow({ model, initial: wrap(Float64Array.of(1, 0), 2) })).toThrow(
      "initial: points in R^2",
    );
  });
});
