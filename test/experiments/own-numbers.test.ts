import { describe, expect, it } from "vitest";
import { buildModel } from "../../src/config/build-model.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers } from "../../src/experiments/run.js";
import { strongStudy } from "../../src/experiments/study/strong.js";
import { weakStudy } from "../../src/experiments/study/weak.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { homogenized } from "../../src/models/attention/homogenized.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { drawHeads } from "../../src/models/heads/head.js";
import { independentHeads } from "../../src/models/heads/independent-heads.js";
import { independentPerceptron, type PerceptronLaw } from "../../src/models/heads/perceptron.js";
import { mrongowiusRoesslerArea } from "../../src/noise/areas/mrongowius-roessler.js";
import { brownian } from "../../src/noise/brownian.js";
import { tableNoise } from "../../src/noise/table.js";
import { measure } from "../../src/sphere/measure.js";
import type { Model } from "../../src/types.js";
import { particles } from "../../solvers/particles.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate } from "../../solvers/simulate.js";

/* What a configuration draws belongs to its seed, its path and its step: nothing is served twice. */

const SEEDS = ["a", "b", "c", "d", "e"];

/** dX_0 = dW_0, dX_1 = X_0 dW_1: the iterated integral, in a configuration. */
const iterated = {
  model: {
    name: "affine",
    dimension: 2,
    noise: [
      { offset: [1, 0] },
      {
        matrix: [
          [0, 0],
          [1, 0],
        ],
      },
    ],
  },
  initial: { kind: "points", points: [[0, 0]] },
  observe: ["coordinate:1"],
};

describe("areas of a configuration", () => {
  const solver = { kind: "particles", scheme: "milstein", horizon: 1, steps: 1 };

  it("average out over the paths of a run, for every seed", () => {
    let sum = 0;
    for (const seed of SEEDS) {
      const { observables } = runNumbers(
        parseConfig({ ...iterated, solver, ensemble: { seed, paths: 400 } }),
      );
      const { mean, stderr } = observables["coordinate:1"];
      /* int W0 dW1 has variance 1/2 */
      expect(stderr[1]! * Math.sqrt(800)).toBeGreaterThan(0.7);
      expect(stderr[1]! * Math.sqrt(800)).toBeLessThan(1.3);
      sum += 800 * mean[1] ** 2;
    }
    /* a chi-square of five */
    expect(sum).toBeLessThan(50);
  });

  it("average out over the paths of a weak study, at every level", () => {
    const squares = [0, 0];
    for (const seed of SEEDS) {
      const { report } = weakStudy(
        parseConfig({
          ...iterated,
          solver: { ...solver, steps: 2 },
          ensemble: { seed },
          study: { levels: [1, 2, 4], paths: 400, reference: "finest" },
        }),
      );
      /* Milstein with the area is exact here: what levels share is all there is */
      report.levels.forEach(({ error }) => expect(error).toBeLessThan(1e-12));
      const means = weakStudy(
        parseConfig({
          ...iterated,
          solver: { ...solver, steps: 2, scheme: "euler-maruyama" },
          ensemble: { seed },
          study: { levels: [1, 2], paths: 400, reference: "milstein", referenceSteps: 4 },
        }),
      ).report;
      means.levels.forEach(({ bias, steps }, i) => (squares[i] += (400 * bias! ** 2) / (1 / (2 * steps!))));
    }
    /* Euler-Maruyama leaves out int W0 dW1 of every step, of variance h^2 / 2: chi-squares of five */
    for (const square of squares) expect(square).toBeLessThan(50);
  });
});

describe("a strong study of a configuration", () => {
  const paths = 8;
  const levels = [2, 4];
  const points = [
    [1, 0, 0],
    [0, 0.6, 0.8],
  ];
  const report = (kappa: number) =>
    strongStudy(
      parseConfig({
        model: { name: "random-quadratic-form", dimension: 3 },
        initial: { kind: "points", points },
        solver: { kind: "particles", scheme: "milstein", horizon: 0.1, steps: 4, kappa },
        ensemble: { seed: "study" },
        study: { levels, paths, referenceSteps: 8 },
      }),
    ).report;

  it("sees the noise of its paths, each drawn by itself", () => {
    const model = buildModel({ name: "random-quadratic-form", dimension: 3 }, "study");
    const solved = (scheme: typeof milstein, path: number, steps: number): Float64Array => {
      const evolution = particles({ model, scheme, initial: measure(points) });
      const noise = brownian({
        seed: "study",
        path,
        channels: model.channels,
        horizon: 0.1,
        steps: 8,
        area: mrongowiusRoesslerArea,
      });
      simulate({ evolution, noise, steps, area: true });
      return evolution.law.points;
    };
    const found = report(0);
    levels.forEach((steps, i) => {
      let sum = 0;
      for (let path = 0; path < paths; path++) {
        const [x, y] = [solved(milstein, path, steps), solved(logOde, path, 8)];
        sum += x.reduce((s, v, e) => s + (v - y[e]) ** 2, 0) / points.length;
      }
      expect(found.levels[i].error).toBeCloseTo(Math.sqrt(sum / paths), 13);
    });
  });

  it("gives every token a noise of its own on every path, the same at all levels", () => {
    const still = strongStudy(
      parseConfig({
        model: { name: "noisy-attention", dimension: 3, beta: 1, coupling: 2 },
        initial: { kind: "points", points },
        solver: { kind: "particles", scheme: "euler-maruyama", horizon: 1, steps: 4, kappa: 0.5 },
        ensemble: { seed: "kappa" },
        study: { levels: [2, 4, 8], paths: 20, reference: "finest" },
      }),
    ).report;
    /* were a path's kicks those of another, all paths would have the same error */
    for (const { interval } of still.levels) expect(interval![1] / interval![0]).toBeGreaterThan(1.05);
    expect(still.fit!.interval![1]).toBeGreaterThan(still.fit!.interval![0]);
    const both = report(1);
    for (const { interval } of both.levels) expect(interval).not.toBeNull();
  });
});

describe("a run with kappa", () => {
  const run = (seed: string, paths: number) =>
    runNumbers(
      parseConfig({
        model: { name: "noisy-attention", dimension: 3, beta: 1, coupling: 0 },
        initial: { kind: "points", points: [[0, 0, 1]] },
        solver: { kind: "particles", scheme: "euler-maruyama", horizon: 0.5, steps: 32, every: 32, kappa: 1 },
        ensemble: { seed, paths },
        observe: ["zonal:1"],
      }),
    );

  it("moves the tokens of every path by their own noise: the mean decays as it must", () => {
    const { mean, stderr } = run("kappa", 400).observables["zonal:1"];
    expect(stderr[1]).toBeGreaterThan(0.01);
    /* e^{-T} for kappa = 1 on the sphere, and at most 0.06 h of weak error */
    expect(Math.abs(mean[1] - Math.exp(-0.5))).toBeLessThan(5 * stderr[1]! + 0.001);
  });

  it("draws that noise from its seed", () => {
    const [x, y] = ["x", "y"].map((seed) => run(seed, 1).final!.points!.flat());
    expect(run("x", 1).final!.points!.flat()).toEqual(x);
    expect(x.some((v, e) => Math.abs(v - y[e]) > 1e-3)).toBe(true);
  });
});

describe("atoms of a configuration", () => {
  const plain = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.8, sigmaV: 0.5 };
  const heads = { law: "rademacher", sigmaV: 0.5, sigmaA: 0.8 };
  const general = { name: "homogenized", dimension: 2, beta: 1, heads, clock: "diffusive" };
  const block = { width: 3, sigma: { W2: 0.5, W1: 0.5, b: 0.5 } };
  const MODELS: [string, object][] = [
    ["keys alone", plain],
    ["keys of a general law", general],
    ["whole heads", { ...general, heads: { ...heads, perceptron: block } }],
  ];
  const points = [
    [1, 0],
    [0.6, 0.8],
  ];
  const law = measure(points);
  const parsed = (model: object, seed: string, more: object = {}) =>
    parseConfig({
      model,
      initial: { kind: "points", points },
      solver: { kind: "particles", scheme: "euler-maruyama", horizon: 0.5, steps: 2 },
      ensemble: { seed },
      ...more,
    });

  it.each(MODELS)(
    "that are fresh differ from path to path, from step to step and from seed to seed: %s",
    (_, model) => {
      const seen = new Map<string, string>();
      for (const seed of ["x", "y"]) {
        const built = buildModel(parsed({ ...model, atoms: "fresh", freshAtoms: 2 }, seed).model, seed);
        const field = built.plan(2);
        const dW = Float64Array.from({ length: built.channels }, (_, k) => Math.cos(k));
        const out = new Float64Array(4);
        const print = (path: number, step: number): string => {
          field.redraw!(path, step);
          field.freeze(law);
          field.increment(0, dW, out);
          return out.join();
        };
        for (const path of [0, 1, 2, 7]) {
          for (const step of [0, 1, 2, 63]) {
            const mark = print(path, step);
            expect(seen.get(mark), `${seed}, path ${path}, step ${step}`).toBeUndefined();
            seen.set(mark, seed);
          }
        }
        /* and are a function of path and step, whatever was asked before */
        const again = print(1, 2);
        print(7, 0);
        expect(print(1, 2)).toBe(again);
        expect(seen.get(again)).toBe(seed);
      }
    },
  );

  const independent = (seed: string, perceptron?: PerceptronLaw) =>
    independentHeads({
      dimension: 2,
      entries: "rademacher",
      V: { sigma: 0.5 },
      A: { sigma: 0.8 },
      ...(perceptron && { perceptron }),
      seed,
    });
  const DIRECT: ((seed: string) => Model)[] = [
    (seed) => gaussianAttention({ dimension: 2, beta: 1, sigmaV: 0.5, atoms: drawAtoms(seed, 2, 2, 0.8) }),
    (seed) => {
      const atoms = drawHeads(independent(seed), 2).map(({ A }) => A);
      return homogenized({ dimension: 2, beta: 1, heads: { atoms, sigmaV: 0.5 }, clock: "diffusive" });
    },
    (seed) => {
      const perceptron = independentPerceptron({ ...block, entries: "rademacher", dimension: 2, seed });
      const drawn = drawHeads(independent(seed, perceptron), 2);
      return homogenized({ dimension: 2, beta: 1, heads: drawn, clock: "diffusive", centred: true });
    },
  ];

  it.each(MODELS.map(([name, model], i) => [name, model, DIRECT[i]] as const))(
    "that stay are those of its seed: %s",
    (_, model, direct) => {
      const end = (seed: string): number[] => {
        const increments = [0.3, -0.2].map((v) =>
          Array.from({ length: direct(seed).channels }, (_, k) => v * Math.sin(1 + k)),
        );
        const noise = { kind: "table", increments };
        const { final } = runNumbers(parsed({ ...model, atoms: 2 }, seed, { noise, observe: ["overlap"] }));
        const evolution = particles({ model: direct(seed), scheme: eulerMaruyama, initial: law });
        simulate({ evolution, noise: tableNoise(increments, 0.5), steps: 2 });
        final!.points!.flat().forEach((v, e) => expect(v).toBeCloseTo(evolution.law.points[e], 12));
        return final!.points!.flat();
      };
      const [x, y] = [end("x"), end("y")];
      expect(x.some((v, e) => Math.abs(v - y[e]) > 1e-3)).toBe(true);
    },
  );
});
