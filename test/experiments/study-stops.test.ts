import { describe, expect, it } from "vitest";
import { convergenceFigure, workFigure } from "../../src/commands/study-figures.js";
import { parseConfig } from "../../src/config/parse-config.js";
import {
  made,
  type StudyKind,
  type StudyOptions,
  type StudyReport,
} from "../../src/experiments/study/report.js";
import { STUDIES } from "../../src/experiments/study/studies.js";
import { checkWellFormed } from "../plots/well-formed.js";

type Part = Record<string, unknown>;

const attention = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 1 };
const bump = (kappa: number, placement = "random") => ({
  kind: "vmf",
  tokens: 8,
  placement,
  components: [{ weight: 1, kappa, mean: [1, 0] }],
});

const study = (kind: StudyKind, config: Part, options: StudyOptions = {}) =>
  made(STUDIES[kind])(parseConfig({ ensemble: { seed: "stops" }, ...config }), options);

const withPaths = (config: { study: Part } & Part, paths: number) => ({
  ...config,
  study: { ...config.study, paths },
});

const numbersOf = ({ levels, fit, observables }: StudyReport) => ({ levels, fit, observables });

/** Both figures, whatever became of the study. */
function checkFigures(report: StudyReport): void {
  checkWellFormed(convergenceFigure(report));
  checkWellFormed(
    workFigure(
      report,
      report.levels.map((_, i) => 0.001 * (i + 1)),
    ),
  );
}

/** Every number in it is finite: none becomes null on the way through a file. */
function checkPlain(report: StudyReport): void {
  const bad: string[] = [];
  JSON.stringify(report, (key, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) bad.push(key);
    return value;
  });
  expect(bad).toEqual([]);
}

const tokens = { kind: "particles", scheme: "milstein", horizon: 0.25, steps: 8 };
const KINDS: readonly [StudyKind, { study: Part } & Part][] = [
  [
    "strong",
    {
      model: attention,
      initial: { kind: "uniform", tokens: 4 },
      solver: tokens,
      study: { levels: [4, 8, 16], paths: 20, referenceSteps: 32 },
    },
  ],
  [
    "weak",
    {
      model: attention,
      initial: { kind: "uniform", tokens: 4 },
      solver: tokens,
      observe: ["mean-overlap", "order-parameter"],
      study: { levels: [4, 8, 16], paths: 20, referenceSteps: 32 },
    },
  ],
  [
    "propagation-of-chaos",
    {
      model: attention,
      initial: bump(1),
      solver: { ...tokens, scheme: "log-ode", steps: 4 },
      study: { levels: [4, 8], paths: 20, referenceSteps: 32 },
    },
  ],
  [
    "transformer",
    {
      model: { ...attention, dimension: 3, beta: 0 },
      initial: { kind: "simplex", tokens: 2, overlap: 0.2 },
      solver: { kind: "transformer", heads: 2, eta: 0.5, layers: 8 },
      observe: ["overlap"],
      study: { levels: [1, 2, 4], paths: 20, reference: "independent", referenceSteps: 16 },
    },
  ],
];

describe.each(KINDS)("an interrupt of the study %s", (kind, config) => {
  it("within a path keeps the paths before it, to the last digit", () => {
    let asked = 0;
    const total = ((): number => {
      study(kind, config, { stopping: () => (asked++, false) });
      return asked;
    })();
    for (const share of [0.31, 0.72]) {
      asked = 0;
      const { report } = study(kind, config, { stopping: () => ++asked > share * total });
      const { stopped, paths } = report;
      expect(stopped).toMatchObject({
        interrupted: true,
        cause: "interrupted",
        path: paths,
        done: paths,
        of: 20,
      });
      expect(Math.abs(paths - 20 * share)).toBeLessThan(1.01);
      expect(numbersOf(report)).toEqual(numbersOf(study(kind, withPaths(config, paths)).report));
      expect(report.notes[0] + report.notes[1]).toMatch(/interrupted in path \d+, after \d+ of 20 paths/);
      checkFigures(report);
      checkPlain(report);
    }
  });

  it("comes after every step: a path is not finished first", () => {
    let asked = 0;
    const { report } = study(kind, config, { stopping: () => ++asked > 3 });
    expect(asked).toBe(4);
    expect(report).toMatchObject({
      paths: 0,
      levels: [],
      fit: null,
      stopped: { done: 0, interrupted: true },
    });
    checkFigures(report);
    checkPlain(report);
  });

  it("in the first paths leaves errors without intervals", () => {
    let done = 0;
    const { report } = study(kind, config, { stopping: () => done === 1, onProgress: (n) => (done = n) });
    expect(report.paths).toBe(1);
    expect(report.levels.length).toBeGreaterThan(1);
    for (const { error, interval } of report.levels) {
      expect(error).toBeGreaterThan(0);
      expect(interval).toBeNull();
    }
    expect(report.notes.join()).toMatch(/no intervals: 95% takes at least \d paths, and 1 counted/);
    checkFigures(report);
    checkPlain(report);
  });

  it("while it is timed ends the run, not the study", () => {
    let stop = false;
    const { report, alone } = study(kind, withPaths(config, 2), { stopping: () => stop });
    const { tokens: size, steps } = report.levels.at(-1)!;
    const level = (size ?? steps)!;
    expect(alone(level, 0)).toBe(true);
    stop = true;
    expect(alone(level, 0)).toBe(false);
    expect(report).not.toHaveProperty("stopped");
  });
});

describe("a path that stops", () => {
  const density = { kind: "density", scheme: "flow", lmax: 8, horizon: 0.5, steps: 8 };
  const config = {
    model: attention,
    initial: bump(2),
    solver: density,
    ensemble: { seed: "a" },
    observe: ["order-parameter"],
    study: { levels: [4, 8, 16], paths: 20, reference: "finest", degree: 2 },
  };

  it.each(["strong", "weak"] as const)("in a %s study of a density that leaves its degree", (kind) => {
    const { report } = study(kind, config);
    const { stopped, paths } = report;
    expect(paths).toBeGreaterThan(1);
    expect(stopped).toMatchObject({ path: paths, level: 16, done: paths, of: 20 });
    expect(stopped).not.toHaveProperty("interrupted");
    expect(stopped!.time).toBeGreaterThan(0);
    expect(stopped!.cause).toMatch(/^the reference: the density has left degree 8/);
    expect(numbersOf(report)).toEqual(numbersOf(study(kind, withPaths(config, paths)).report));
    expect(report.notes.filter((note) => note.includes(`over the ${paths} paths before it`))).toHaveLength(1);
    checkFigures(report);
    checkPlain(report);
  });

  it.each(["strong", "weak"] as const)(
    "at its start, in a %s study, leaves an empty result that says so",
    (kind) => {
      const { report } = study(kind, { ...config, initial: bump(1e6), solver: { ...density, lmax: 20 } });
      expect(report).toMatchObject({
        paths: 0,
        levels: [],
        fit: null,
        stopped: { path: 0, time: 0, done: 0 },
      });
      checkFigures(report);
      checkPlain(report);
    },
  );

  describe("in the equation of transformers on their own clock", () => {
    const layers = (V: number, eta: number) => ({
      model: {
        name: "homogenized",
        dimension: 2,
        beta: 1,
        heads: {
          law: "given",
          list: [
            {
              V: [
                [V, 0],
                [0, 0],
              ],
              A: [
                [0, 0],
                [0, 0],
              ],
            },
          ],
        },
        clock: { eta, heads: 1 },
        corrector: true,
      },
      initial: { kind: "points", points: [[0.6, 0.8]] },
      solver: { kind: "transformer", heads: 1, eta, layers: 8 },
      observe: ["coordinate:0"],
      study: { levels: [2, 4], paths: 3, referenceSteps: 64 },
    });

    it("keeps the study, and says that it was the equation", () => {
      // A layer is normalised, whatever the size of V; the corrector squares it.
      const { report } = study("transformer", layers(1e100, 1e60));
      expect(report).toMatchObject({
        paths: 0,
        levels: [],
        fit: null,
        stopped: { path: 0, level: 2, time: 0 },
      });
      expect(report.stopped!.cause).toMatch(/^the equation: /);
      checkFigures(report);
      checkPlain(report);
    });

    it("hears an interrupt after every step", () => {
      let asked = 0;
      const { report } = study("transformer", layers(1, 0.125), { stopping: () => ++asked > 10 });
      expect(asked).toBe(11);
      expect(report.stopped).toMatchObject({ cause: "interrupted", interrupted: true, path: 0, level: 2 });
    });
  });

  it("in a study of tokens whose numbers grow beyond all bounds", () => {
    const { report } = study("strong", {
      model: { name: "affine", dimension: 1, noise: [{ matrix: [[6e19]] }] },
      initial: { kind: "points", points: [[1]] },
      solver: { kind: "particles", scheme: "euler-maruyama", horizon: 1, steps: 8 },
      study: { levels: [2, 4, 8], paths: 60, reference: "finest" },
    });
    expect(report.paths).toBeLessThan(60);
    expect(report.stopped!.cause).toMatch(/is (no longer|.*and its square is no) finite/);
    checkFigures(report);
    checkPlain(report);
  });
});

describe("a study without any error", () => {
  it("strong: a translation is solved exactly at every level", () => {
    const { report } = study("strong", {
      model: { name: "affine", dimension: 1, noise: [{ matrix: [[1]] }] },
      initial: { kind: "points", points: [[0]] },
      solver: { kind: "particles", scheme: "milstein", horizon: 1, steps: 16 },
      study: { levels: [4, 8, 16], paths: 50 },
    });
    expect(report.levels.map(({ error, interval }) => [error, interval])).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(report.fit).toBeNull();
    expect(report.notes).toContain("no error at all at 4, 8, 16 steps: left out of the fit");
    checkFigures(report);
    checkPlain(report);
    expect(convergenceFigure(report)).toContain(">0<");
  });

  it("weak: the number of clusters of one token, beside an observable that has one", () => {
    const { report } = study("weak", {
      model: { name: "spherical-brownian", dimension: 3 },
      initial: { kind: "points", points: [[0, 0, 1]] },
      solver: { kind: "particles", scheme: "euler-maruyama", horizon: 0.25, steps: 16 },
      observe: ["zonal:1", "clusters"],
      study: { levels: [4, 8, 16], paths: 200, reference: "finest" },
    });
    const { "zonal:1": zonal, clusters } = report.observables!;
    expect(clusters.levels[0]).toMatchObject({ error: 0, bias: 0, standardError: 0, interval: null });
    expect(clusters.fit).toBeNull();
    for (const { interval, error } of zonal.levels) {
      expect(interval![0]).toBeLessThan(error);
      expect(interval![1]).toBeGreaterThan(error);
    }
    expect(report.notes).toContain(
      "clusters: no bias at all at 4, 8 steps, on any path: left out of the fit",
    );
    checkFigures(report);
    checkPlain(report);
  });

  it("strong: where noise has no effect there is one number a level, and no interval; work may be nothing", () => {
    const { report } = study("strong", {
      model: { name: "affine", dimension: 1, drift: { matrix: [[-1]] }, noise: [{ matrix: [[0]] }] },
      initial: { kind: "points", points: [[1]] },
      solver: { kind: "particles", scheme: "euler-maruyama", horizon: 1, steps: 16 },
      study: { levels: [8, 16, 32, 64], paths: 20, reference: "finest" },
    });
    /* (1 - h)^n against (1 - h')^{n'} at h' = 1/64 */
    const at = (n: number): number => (1 - 1 / n) ** n;
    report.levels.forEach(({ steps, error, interval }) => {
      expect(error).toBeCloseTo(Math.abs(at(steps!) - at(64)), 13);
      expect(interval).toBeNull();
    });
    expect(report.fit!.slope).toBeGreaterThan(1);
    expect(report.fit!.interval).toBeNull();
    expect(report.notes).toContain("no interval at 8, 16, 32 steps: the error is the same on all paths");
    checkFigures(report);
    const free = { ...report, levels: report.levels.map((level) => ({ ...level, work: 0 })) };
    checkWellFormed(workFigure(free, [1, 2, 3]));
    expect(workFigure(free, [1, 2, 3])).toContain("random numbers a path: none");
    expect(workFigure(report, [0, 0, 3])).toContain("seconds a path<");
    checkWellFormed(workFigure(report, [0, 0, 0]));
  });
});

describe("paths that are the same up to an isometry", () => {
  const turned = (placement: string, paths: number) =>
    study("propagation-of-chaos", {
      model: { name: "rotation", dimension: 2 },
      initial: bump(2, placement),
      solver: { kind: "particles", scheme: "log-ode", horizon: 1, steps: 4 },
      study: { levels: [4, 8, 16], paths, distance: "exact" },
    }).report;

  it("give a slope and no interval: never one from a number to itself", () => {
    const report = turned("quasi", 20);
    expect(report.fit!.slope).toBeLessThan(-1);
    expect(report.fit!.interval).toBeNull();
    for (const { interval } of report.levels) expect(interval).toBeNull();
    expect(report.notes).toContain("no interval at 4, 8, 16 tokens: the error is the same on all paths");
    checkFigures(report);
  });

  it("give intervals from random starts, and none from two paths", () => {
    const { fit } = turned("random", 20);
    expect(fit!.interval![1] - fit!.interval![0]).toBeGreaterThan(0.05);
    const two = turned("random", 2);
    expect(two.fit!.interval).toBeNull();
    expect(two.notes).toContain("no intervals: 95% takes at least 6 paths, and 2 counted");
  });
});
