import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers as run } from "../../src/experiments/run.js";

const euclidean = {
  model: {
    name: "affine",
    dimension: 2,
    drift: {
      matrix: [
        [-1, 0],
        [0, -1],
      ],
      offset: [1, 0],
    },
    noise: [{ offset: [0, 0.5] }],
  },
  initial: {
    kind: "points",
    points: [
      [3, 0],
      [-1, 0],
    ],
  },
  solver: { kind: "particles", horizon: 1, steps: 64 },
  ensemble: { paths: 400, seed: "euclidean" },
  observe: ["coordinate:0", "coordinate:1", "second-moment"],
};

describe("a run in R^d", () => {
  it("of a plain Ornstein–Uhlenbeck state has the means of its recursion", () => {
    const { observables, diagnostics } = run(parseConfig(euclidean));
    // Euler: E x_{n+1} = x_n + h (1 - x_n) for the first coordinate, zero for the second.
    const mean = 1 + (1 - 1) * (1 - 1 / 64) ** 64;
    expect(observables["coordinate:0"].mean[64]).toBeCloseTo(mean, 12);
    const [second, error] = [observables["coordinate:1"].mean[64], observables["coordinate:1"].stderr[64]!];
    expect(Math.abs(second)).toBeLessThan(5 * error);
    // Var of the common coordinate: h/4 sum_k (1-h)^{2k}.
    const variance =
      (1 / 256) * Array.from({ length: 64 }, (_, k) => (63 / 64) ** (2 * k)).reduce((a, b) => a + b, 0);
    expect(error * Math.sqrt(400)).toBeGreaterThan(Math.sqrt(variance) * (1 - 5 / Math.sqrt(800)));
    expect(error * Math.sqrt(400)).toBeLessThan(Math.sqrt(variance) * (1 + 5 / Math.sqrt(800)));
    expect(diagnostics).toMatchObject({ commuting: true, paths: 400 });
  });

  it("refuses laws of the sphere and shapes that do not fit", () => {
    const wrong = (change: object) => () => parseConfig({ ...euclidean, ...change });
    expect(wrong({ initial: { kind: "uniform", tokens: 3 } })).toThrow(/^initial\.kind: /);
    expect(wrong({ initial: { kind: "points", points: [[1, 2, 3]] } })).toThrow(/^initial\.points\[0\]: /);
    expect(wrong({ model: { ...euclidean.model, noise: [{ offset: [1] }] } })).toThrow(
      /^model\.noise\[0\]\.offset: /,
    );
    expect(wrong({ solver: { kind: "density", lmax: 5, horizon: 1, steps: 2 } })).toThrow(
      /^initial\.kind: |^solver\.kind: /,
    );
  });

  it("stops with time and cause when the state leaves the numbers, and keeps what was seen before", () => {
    const steep = {
      ...euclidean.model,
      drift: {
        matrix: [
          [1e200, 0],
          [0, 1e200],
        ],
      },
    };
    const result = run(parseConfig({ ...euclidean, model: steep, ensemble: { paths: 1, seed: "x" } }));
    expect(result.stopped).toMatchObject({
      path: 0,
      cause: expect.stringMatching(/no longer finite|is Infinity/) as string,
    });
    const { time, mean } = result.observables["coordinate:0"];
    expect(time.length).toBeGreaterThan(0);
    expect(time[time.length - 1]).toBeLessThanOrEqual(result.stopped!.time);
    expect(mean.every(Number.isFinite)).toBe(true);
  });
});

describe("atoms", () => {
  const base = {
    model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 },
    initial: {
      kind: "points",
      points: [
        [1, 0],
        [0, 1],
      ],
    },
    solver: { kind: "particles", scheme: "milstein", horizon: 0.25, steps: 8 },
    ensemble: { paths: 2, seed: "atoms" },
    observe: ["overlap"],
  };

  it("that are fresh every step are right in law only, and the result says so", () => {
    const { diagnostics } = run(parseConfig({ ...base, model: { ...base.model, atoms: "fresh" } }));
    expect(diagnostics.atoms).toMatch(/in law only/);
    expect(diagnostics).toMatchObject({ strongOrder: 0, area: "none" });
  });

  it("that do not commute leave Milstein without area at order one half, and the result says so", () => {
    const without = run(parseConfig({ ...base, solver: { ...base.solver, area: "none" } })).diagnostics;
    expect(without).toMatchObject({ strongOrder: 0.5, commuting: false, area: "none" });
    expect(without.note).toMatch(/do not commute/);
    const byDefault = run(parseConfig(base)).diagnostics;
    expect(byDefault).toMatchObject({ strongOrder: 1, commuting: false, area: "mrongowius-roessler" });
    expect(byDefault.note).toBeUndefined();
  });

  it("report the effective inverse temperature beta d sigmaA^2", () => {
    expect(run(parseConfig(base)).diagnostics.effectiveBeta).toBeCloseTo(0.98, 12);
  });
});
