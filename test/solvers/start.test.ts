import { describe, expect, it } from "vitest";
import { characteristics } from "../../solvers/characteristics.js";
import { driftFlow } from "../../solvers/ode.js";
import { particles } from "../../solvers/particles.js";
import { pathwise } from "../../solvers/pathwise.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate, Stopped } from "../../solvers/simulate.js";
import { smallBetaTransformer } from "../../solvers/small-beta-transformer.js";
import type { Start } from "../../solvers/start.js";
import { transformer } from "../../solvers/transformer.js";
import { affine } from "../../src/models/gallery/affine.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { gaussianHeads } from "../../src/models/heads/gaussian-heads.js";
import { givenHeads } from "../../src/models/heads/given-heads.js";
import { brownian } from "../../src/noise/brownian.js";
import { silent } from "../../src/noise/silent.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { measure, wrap } from "../../src/sphere/measure.js";
import type { CommonNoise, Evolution, Measure } from "../../src/types.js";

const heads = gaussianHeads({ dimension: 3, sigmaV: 0.5, sigmaA: 0.5, seed: "start" });
const layers = { heads, headsPerLayer: 1, eta: 0.1, beta: 1 };

const kinds: [string, (initial: Start) => Evolution][] = [
  ["particles", (initial) => particles({ model: rotation(3), scheme: milstein, initial })],
  ["the drift flow", (initial) => driftFlow({ model: rotation(3), initial })],
  ["a transformer", (initial) => transformer({ ...layers, initial })],
  ["a transformer of small beta", (initial) => smallBetaTransformer({ ...layers, initial })],
];

const points = (...rows: number[][]): Measure => wrap(Float64Array.from(rows.flat()), rows[0].length);
const good = points([1, 0, 0], [0, 0.6, 0.8]);
const weighted = (...weights: number[]): Measure => ({ ...good, weights: Float64Array.from(weights) });

const bad: [string, Measure, string][] = [
  ["another dimension", points([1, 0], [0, 1]), "points in R^2 for a model in R^3"],
  ["a point off the sphere", points([1, 0, 0], [0, 3, 4]), "points[1] of norm 5, want unit vectors"],
  [
    "a point just off it",
    points([1 + 2e-9, 0, 0], [0, 0, 1]),
    "points[0] of norm 1.000000002, want unit vectors",
  ],
  ["the zero vector", points([1, 0, 0], [0, 0, 0]), "points[1] of norm 0, want unit vectors"],
  ["a huge point", points([1e200, 0, 0], [0, 0, 1]), "points[0] of norm Infinity, want unit vectors"],
  ["NaN", points([1, 0, 0], [0, NaN, 1]), "points[1] with a coordinate NaN, want finite numbers"],
  [
    "infinity",
    points([-Infinity, 0, 0], [0, 0, 1]),
    "points[0] with a coordinate -Infinity, want finite numbers",
  ],
  ["a negative weight", weighted(1.5, -0.5), "weights[1] = -0.5, want none below zero"],
  ["a weight that is no number", weighted(NaN, 1), "weights[0] = NaN, want none below zero"],
  ["half a law", weighted(0.25, 0.25), "weights that sum to 0.5, want 1"],
  ["a law too much", weighted(0.5, 0.5 + 1e-8), "weights that sum to 1.00000001, want 1"],
  ["fewer weights", weighted(1), "6 coordinates and 1 weights, want 3 and one for each of 2 points"],
];

describe.each(kinds)("%s", (_kind, make) => {
  it.each(bad)("refuse a start with %s when they are made", (_what, start, clause) => {
    expect(() => make(start)).toThrow(new RangeError(`initial: ${clause}`));
    expect(() => make(() => start)).toThrow(new RangeError(`initial: ${clause}`));
  });

  it.each(bad.slice(1, -1))(
    "refuse it on a later path, and stay where they are: %s",
    (_what, start, clause) => {
      const evolution = make((path) => (path === 3 ? start : good));
      evolution.reset(2);
      expect(() => evolution.reset(3)).toThrow(
        new Stopped(`initial: path 3 starts with ${clause}`, { time: 0 }),
      );
      expect(evolution.law.points).toEqual(good.points);
      expect(evolution.law.weights).toEqual(good.weights);
    },
  );

  it("refuse another number of points, or another dimension, on a later path", () => {
    const three = points([1, 0, 0], [0, 1, 0], [0, 0, 1]);
    for (const [start, clause] of [
      [three, "3 points, and 2 in R^3 were planned"],
      [points([1, 0], [0, 1]), "2 points in R^2, and 2 in R^3 were planned"],
    ] as const) {
      const evolution = make((path) => (path === 1 ? start : good));
      expect(() => evolution.reset(1)).toThrow(
        new Stopped(`initial: path 1 starts with ${clause}`, { time: 0 }),
      );
    }
  });

  it("take points that are unit vectors to rounding, and weights that are zero", () => {
    const evolution = make({ ...points([1 + 5e-10, 0, 0], [0, 0.6, 0.8]), weights: Float64Array.of(1, 0) });
    evolution.reset(0);
    expect(evolution.law.weights).toEqual(Float64Array.of(1, 0));
  });

  it("refuse what is no law", () => {
    expect(() => make([[1, 0, 0]] as never)).toThrow(
      /initial is a list, want a measure, such as measure\(points\)/,
    );
    expect(() => make((() => undefined) as never)).toThrow("initial is missing, want a measure");
  });
});

describe("an ensemble with a path that cannot start", () => {
  it("has that path stopped at time zero, and the others", () => {
    const initial = (path: number): Measure => (path === 1 ? bad[3][1] : good);
    const evolution = particles({ model: rotation(3), scheme: milstein, initial });
    const noise = (path: number): CommonNoise =>
      brownian({ seed: "s", path, channels: 1, horizon: 1, steps: 4 });
    const run = (path: number) =>
      simulate({ evolution, noise: noise(path), steps: 4, observe: { one: () => 1 } });
    expect([0, 1, 2].map((path) => run(path).stopped)).toEqual([
      undefined,
      { time: 0, cause: "initial: path 1 starts with points[1] of norm 0, want unit vectors" },
      undefined,
    ]);
    const solve = pathwise({ model: rotation(3), scheme: milstein, initial, noise });
    expect(() => solve(4, 1)).toThrow(Stopped);
    expect(solve(4, 2)).toHaveLength(6);
  });
});

describe("points in R^d", () => {
  it("may be anywhere, and are finite", () => {
    const model = affine({ name: "line", dimension: 1, noise: [{ offset: [1] }] });
    const make = (x: number): Evolution => particles({ model, scheme: milstein, initial: points([x]) });
    for (const x of [0, 1e300, -7]) expect(make(x).law.points[0]).toBe(x);
    expect(() => make(NaN)).toThrow("initial: points[0] with a coordinate NaN, want finite numbers");
  });
});

describe("characteristics", () => {
  it("carry the weights of their quadrature as they are", () => {
    const transform = planSphere({ lmax: 3 });
    const density = (x: Float64Array, o: number): number => (1 + 2 * x[o + 2]) / (4 * Math.PI) + 1e-8;
    const evolution = characteristics({ model: sphericalBrownian(3), scheme: milstein, transform, density });
    evolution.reset(0);
    expect(Math.min(...evolution.law.weights)).toBeLessThan(0);
  });
});

describe("a layer that takes a token to zero", () => {
  // V = -1 and one token: x + eta V x vanishes at eta = 1.
  const minus = givenHeads({
    name: "minus one",
    dimension: 3,
    normals: 0,
    uniforms: 0,
    seed: "none",
    build(_normals, _uniforms, V, A) {
      V.set([-1, 0, 0, 0, -1, 0, 0, 0, -1]);
      A.fill(0);
    },
  });
  const collapsing = (eta: number): Evolution =>
    transformer({ heads: minus, headsPerLayer: 1, eta, beta: 1, initial: measure([[0.6, 0, 0.8]]) });
  const run = (eta: number) =>
    simulate({
      evolution: collapsing(eta),
      noise: silent({ horizon: 1, steps: 4 }),
      steps: 4,
      every: 4,
      observe: { z: (law) => law.points[2] },
    });

  it("stops, with that reason, where it was", () => {
    expect(run(1)).toEqual({
      times: [0],
      values: { z: [0.8] },
      stopped: { time: 0, cause: "points[0] came to the zero vector, which has no direction on the sphere" },
    });
    expect(run(0.5).stopped).toBeUndefined();
  });

  it("leaves all tokens where they were: the step is taken for all or none", () => {
    const one = Float64Array.of(1, 0, 0);
    const evolution = collapsing(1);
    expect(() => evolution.advance({ path: 0, step: 0, time: 0, dt: 1, dW: one, area: null })).toThrow(
      Stopped,
    );
    expect(Array.from(evolution.law.points)).toEqual([0.6, 0, 0.8]);
  });
});
