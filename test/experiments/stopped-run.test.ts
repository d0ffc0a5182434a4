import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers, type RunNumbers } from "../../src/experiments/run.js";
import { stopSentence } from "../../src/experiments/stop.js";

/** A density of degree 10 that spherical Brownian motion turns until its truncated spectrum is full. */
const losing = {
  model: { name: "spherical-brownian", dimension: 3 },
  initial: { kind: "vmf", components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
  solver: { kind: "density", lmax: 10, horizon: 1, steps: 32 },
  ensemble: { paths: 20, seed: "w" },
  observe: ["moment:1,0"],
};

/** Euler's scheme at h = 0.01 multiplies by about 1 + 2000 h a step: past the largest number at t = 2.42. */
const exploding = {
  model: { name: "affine", dimension: 1, drift: { matrix: [[-2000]] }, noise: [{ matrix: [[1]] }] },
  initial: { kind: "points", points: [[1]] },
  solver: { kind: "particles", horizon: 10, steps: 1000 },
  ensemble: { paths: 4, seed: "e" },
  observe: ["coordinate:0"],
};

/** exp(W): the step of one path in a few is too large. */
const sometimes = {
  model: { name: "affine", dimension: 1, noise: [{ matrix: [[1.2e39]] }] },
  initial: { kind: "points", points: [[1]] },
  solver: { kind: "particles", horizon: 1, steps: 8 },
  ensemble: { paths: 200, seed: "some" },
  observe: ["coordinate:0"],
};

const run = (config: object): RunNumbers => runNumbers(parseConfig(config));

/** A result goes into files: every number must have a place there. */
const checkWritable = (result: RunNumbers): void => {
  const visit = (value: unknown): void => {
    if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(result);
};

describe("a run that cannot go on", () => {
  it.each([2, 3])(
    "at all, by harmonics of too high a degree, d = %i: says so, and what would do",
    (dimension) => {
      for (const scheme of ["euler-maruyama", "milstein"]) {
        const config = {
          model: {
            name: "gaussian-attention",
            dimension,
            beta: 1e16,
            sigmaA: 0.5,
            atoms: 2,
            attention: "harmonic",
          },
          initial: { kind: "uniform", tokens: 40 },
          solver: { kind: "particles", scheme, horizon: 1, steps: 4 },
        };
        const result = run(config);
        checkWritable(result);
        expect(result.stopped).toMatchObject({ done: 0, time: 0, unit: "steps" });
        expect(result.stopped!.cause).toMatch(
          /^harmonic sums end at degree \d+, .*: want "auto" or "direct" sums$/,
        );
        const direct = run({ ...config, model: { ...config.model, attention: "direct" } });
        const auto = run({ ...config, model: { ...config.model, attention: "auto" } });
        expect(auto.observables).toEqual(direct.observables);
        expect(auto).not.toHaveProperty("stopped");
      }
    },
  );

  it.each([
    ["a density that leaves its harmonics", losing, "moment:1,0", 0.59375],
    ["points that explode", exploding, "coordinate:0", 2.41],
  ])("in its first path, %s: says where and why, and keeps what it saw", (_, config, name, time) => {
    const result = run(config);
    checkWritable(result);
    expect(result.stopped).toMatchObject({
      path: 0,
      done: 0,
      of: config.ensemble.paths,
      unit: "paths",
      time,
    });
    const { time: times, mean, stderr } = result.observables[name];
    expect(times.at(-1)).toBeCloseTo(time, 12);
    expect([mean.length, stderr.length]).toEqual([times.length, times.length]);
    expect(stderr.every((e) => e === null)).toBe(true);
    expect(result.stopped!.observables![name].value).toEqual(mean);
    expect(result.diagnostics.paths).toBe(1);
    expect(stopSentence(result.stopped!)).toMatch(/^Stopped after 0 of \d+ paths, in path 0 at t = /);
  });

  it("in a later path: the means are those of the paths before it", () => {
    const result = run(sometimes);
    checkWritable(result);
    const { path, done, observables } = result.stopped!;
    expect(path).toBeGreaterThan(1);
    expect(done).toBe(path);
    expect(result.diagnostics.paths).toBe(path);
    const before = run({ ...sometimes, ensemble: { ...sometimes.ensemble, paths: path } });
    expect(before.stopped).toBeUndefined();
    expect(result.observables).toEqual(before.observables);
    // The path that stopped is told apart: it enters no mean.
    expect(observables!["coordinate:0"].time.length).toBeLessThan(9);
  });

  it("with one path counts in steps, and gives no state that is not finite", () => {
    const result = run({ ...exploding, ensemble: { paths: 1, seed: "e" } });
    checkWritable(result);
    expect(result.stopped).toMatchObject({ done: 241, of: 1000, unit: "steps" });
    expect(result.final).toBeUndefined();
    expect(stopSentence(result.stopped!)).toMatch(/^Stopped after 241 of 1,000 steps, at t = 2\.41: /);
  });

  it("for a transformer too", () => {
    // A layer that takes away the whole of a lone token: x + eta V x = 0 has no direction.
    const clock = { eta: 0.5, heads: 1 };
    const V = [
      [-2, 0],
      [0, -2],
    ];
    const A = [
      [0, 0],
      [0, 0],
    ];
    const result = run({
      model: { name: "homogenized", dimension: 2, beta: 1, heads: { law: "given", list: [{ V, A }] }, clock },
      initial: { kind: "points", points: [[0.6, 0.8]] },
      solver: { kind: "transformer", ...clock, layers: 5 },
      ensemble: { paths: 3, seed: "t" },
      observe: ["mean-overlap"],
    });
    checkWritable(result);
    expect(result.stopped).toMatchObject({ path: 0, done: 0, of: 3, unit: "paths" });
    expect(result.observables["mean-overlap"].mean).toHaveLength(1);
  });

  it("keeps means whose spread is too large for a number", () => {
    const result = run({
      ...sometimes,
      model: { name: "affine", dimension: 1, noise: [{ matrix: [[1e25]] }] },
      ensemble: { paths: 3, seed: "spread" },
    });
    checkWritable(result);
    expect(result.stopped).toBeUndefined();
    expect(result.observables["coordinate:0"].stderr.at(-1)).toBeNull();
  });

  it("stops between steps when it is asked to, and keeps whole paths only", () => {
    const config = parseConfig({ ...losing, solver: { ...losing.solver, lmax: 20, horizon: 0.1 } });
    let done = 0;
    const result = runNumbers(config, {
      onProgress: (paths) => void (done = paths),
      stopping: () => done >= 3,
    });
    expect(result.stopped).toMatchObject({ done: 3, of: 20, unit: "paths", interrupted: true });
    expect(result.diagnostics.paths).toBe(3);
    const three = runNumbers({ ...config, ensemble: { paths: 3, seed: "w" } });
    expect(result.observables).toEqual(three.observables);
    expect(stopSentence({ ...result.stopped!, done: 5322, of: 30000 })).toBe(
      "Interrupted after 5,322 of 30,000 paths; what was computed until then is kept.",
    );
  });

  it("is told by where it stopped, as far as that is known", () => {
    const stop = { cause: "too far", done: 5322, of: 30_000, unit: "paths" };
    expect(stopSentence(stop)).toBe("Stopped after 5,322 of 30,000 paths: too far.");
    expect(stopSentence({ ...stop, path: 5322, level: 16, time: 0.25 })).toBe(
      "Stopped after 5,322 of 30,000 paths, in path 5322 at level 16 at t = 0.25: too far.",
    );
    expect(stopSentence({ ...stop, unit: "clouds of tokens", path: 0, time: 0.25 })).toBe(
      "Stopped after 5,322 of 30,000 clouds of tokens, at t = 0.25: too far.",
    );
  });
});
