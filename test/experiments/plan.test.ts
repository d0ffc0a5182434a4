import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimate } from "../../src/config/estimate.js";
import { INITIALS, MODELS, SOLVERS } from "../../src/config/entries.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { planOf, stepError, type Plan } from "../../src/experiments/plan/plan.js";
import { prepare } from "../../src/experiments/plan/prepared.js";
import { sample, type Sample } from "../../src/experiments/plan/sample.js";
import { runNumbers } from "../../src/experiments/run.js";
import { simulate } from "../../solvers/simulate.js";
import { copyMeasure } from "../../src/sphere/measure.js";

const base = {
  model: { name: "rotation", dimension: 3 },
  initial: { kind: "uniform", tokens: 4 },
  solver: { kind: "particles", horizon: 1, steps: 8 },
};
const attention = { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.5, atoms: 2 };
const density = { kind: "density", lmax: 11, scheme: "euler-maruyama", horizon: 0.25, steps: 8 };
const vmf = { kind: "vmf", components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] };

/** A clock that moves on by `tick` seconds whenever it is read, as a step reads it once. */
function ticking(tick: number): () => number {
  let now = 0;
  return () => (now += tick);
}

/** What a sample learns on such a clock. */
function learnt(given: object, { tick = 1e-5, until = 1e3 } = {}): Partial<Sample> {
  const parts = [...sample(parseConfig(given), { clock: ticking(tick), until })];
  return Object.assign({}, ...parts) as Partial<Sample>;
}

const planned = (given: object, workers = 1): Plan =>
  planOf(parseConfig(given), { workers, sample: learnt(given) });

describe("the time of a run", () => {
  it("is that of its steps, paths and observations, shared by the workers", () => {
    const runs = fc.record({
      steps: fc.integer({ min: 2, max: 40 }),
      every: fc.integer({ min: 1, max: 50 }),
      paths: fc.integer({ min: 1, max: 20 }),
      workers: fc.integer({ min: 1, max: 8 }),
      launch: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(runs, ({ steps, every, paths, workers, launch }) => {
        const given = { ...base, solver: { ...base.solver, steps, every }, ensemble: { paths } };
        const tick = 2 ** -16;
        const plan = planOf(parseConfig(given), { workers, launch, sample: learnt(given, { tick }) });
        const used = Math.min(workers, paths);
        const path = (steps + Math.ceil(steps / every) + 1) * tick;
        expect(plan).toMatchObject({ steps, paths, workers: used });
        expect(plan.perStep! / tick).toBeCloseTo(1, 2);
        expect(plan.perPath! / path).toBeCloseTo(1, 2);
        expect(plan.seconds! / (launch + tick + Math.ceil(paths / used) * path)).toBeCloseTo(1, 2);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("is found without the run: the sample ends with its time", () => {
    const given = { ...base, solver: { ...base.solver, steps: 10 ** 6 } };
    let reads = 0;
    const clock = (): number => ++reads * 1e-3;
    const { pace, difference } = Object.assign(
      {},
      ...sample(parseConfig(given), { clock, until: 1 }),
    ) as Partial<Sample>;
    // The observables are read until their time is known.
    expect(reads).toBeLessThan(1 / 1e-3 + 40);
    expect(pace!.steps).toBeGreaterThan(100);
    expect(difference).toMatchObject({ paths: 1 });
  });

  it("of a single step is that of the step with its start", () => {
    const { pace } = learnt({ ...base, solver: { ...base.solver, steps: 1 } }, { tick: 0.5 });
    expect(pace).toMatchObject({ start: 0, step: 0.5, learning: 0, steps: 1 });
  });

  it("counts what the first steps took beyond the later ones once", () => {
    // Slow while it is new, as engines are.
    let now = 0;
    const clock = (): number => (now += now < 0.1 ? 0.01 : 0.001);
    const given = { ...base, solver: { ...base.solver, steps: 10 ** 5 } };
    const { pace } = Object.assign({}, ...sample(parseConfig(given), { clock, until: 1 })) as Partial<Sample>;
    expect(pace!.step).toBeCloseTo(0.001, 6);
    expect(pace!.learning).toBeGreaterThan(0.03);
    expect(pace!.learning).toBeLessThan(0.1);
  });
});

describe("what is known before a step", () => {
  const catalog: [string, object][] = [
    ...MODELS.map(({ name, example, manifold }) => {
      const start =
        manifold === "euclidean"
          ? { kind: "points", points: [new Array((example as { dimension: number }).dimension).fill(1)] }
          : base.initial;
      return [name, { ...base, model: example, initial: start }] as [string, object];
    }),
    ...INITIALS.map(({ kind, example }) => [kind, { ...base, initial: example }] as [string, object]),
    ...SOLVERS.map(
      ({ kind, example }) =>
        [
          kind,
          {
            ...base,
            model: attention,
            initial: kind === "particles" ? base.initial : { ...vmf, tokens: 4 },
            solver: example,
          },
        ] as [string, object],
    ),
  ];
  it.each(catalog)("is the same as what is made of it: %s", (_name, given) => {
    const config = parseConfig(given);
    const [{ made }] = sample(config, { clock: ticking(1), until: 1 });
    const before = planOf(config, { workers: 2, sample: {} });
    expect(before.channels).toBe(made!.channels);
    expect(before.tokens ?? before.nodes).toBe(made!.points);
    expect(before.memory).toBe(estimate(config, "run", before.workers).bytes);
  });

  it("holds everything once for each worker", () => {
    const many = parseConfig({ ...base, initial: { kind: "uniform", tokens: 1e5 }, ensemble: { paths: 8 } });
    const [one, three] = [1, 3].map((workers) => planOf(many, { workers, sample: {} }).memory);
    const own = one - 120e6;
    expect(three).toBeCloseTo(120e6 + 3 * own + 2 * 25e6, 0);
  });
});

describe("the error of the steps", () => {
  it("is exact for an error c h^p, and grows with the time", () => {
    const cases = fc.record({
      c: fc.double({ min: 1e-6, max: 10, noNaN: true }),
      p: fc.constantFrom(0.5, 1, 1.5, 2),
      h: fc.double({ min: 1e-4, max: 1, noNaN: true }),
      longer: fc.double({ min: 1, max: 1e4, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ c, p, h, longer }) => {
        const D = c * h ** p - c * (h / 2) ** p;
        expect(stepError(D, p, 1, true) / (c * h ** p)).toBeCloseTo(1, 9);
        expect(stepError(D, p, longer, true) / stepError(D, p, 1, true)).toBeCloseTo(Math.sqrt(longer), 6);
        expect(stepError(D, p, longer, false) / stepError(D, p, 1, false)).toBeCloseTo(longer, 6);
      }),
      { seed: 2 },
    );
  });

  it.each(["euler-maruyama", "milstein"])(
    "bounds that of %s against far finer steps, and not by much",
    (scheme) => {
      const finest = 32 * 16;
      const solver = { kind: "particles", scheme, horizon: 1, steps: 16, finest };
      const given = { ...base, model: attention, solver, ensemble: { paths: 8 } };
      const { law, from, strongOrder } = planned(given).error.time!;
      expect(from).toEqual({ steps: 16, paths: 8 });
      expect(strongOrder).toBe(scheme === "milstein" ? 1 : 0.5);
      const { built, noise, area } = prepare(parseConfig(given));
      let sum = 0;
      for (let path = 0; path < 8; path++) {
        const [coarse, fine] = [16, finest].map((steps) => {
          simulate({ evolution: built.evolution, noise: noise(path), steps, area, every: steps });
          return copyMeasure(built.evolution.law).points;
        });
        sum += coarse.reduce((s, x, i) => s + (x - fine[i]) ** 2, 0) / 4;
      }
      const truth = Math.sqrt(sum / 8);
      expect(law!).toBeGreaterThan(truth);
      expect(law!).toBeLessThan(4 * truth);
    },
  );

  it("falls with the step by the order", () => {
    const errors = [16, 64].map((steps) => {
      const solver = { kind: "particles", scheme: "milstein", horizon: 1, steps, finest: 128 };
      return planned({ ...base, solver, ensemble: { paths: 16 } }).error.time!.law!;
    });
    expect(Math.log2(errors[0] / errors[1]) / 2).toBeGreaterThan(0.8);
    expect(Math.log2(errors[0] / errors[1]) / 2).toBeLessThan(1.2);
  });

  it("of a density is told as total variation", () => {
    const { time, spectrum } = planned({ ...base, model: attention, initial: vmf, solver: density }).error;
    expect(time).toMatchObject({ quantity: "total variation", from: { steps: 8, paths: 1 } });
    expect(time!.law).toBeGreaterThan(0);
    expect(spectrum).toMatchObject({ lmax: 11 });
    expect(spectrum!.tail).toBeLessThan(1e-6);
  });

  it("of tokens with noise of their own has both step sizes share it", () => {
    const error = (kappa: number) =>
      planned({ ...base, solver: { ...base.solver, steps: 64, kappa } }).error.time!;
    // Were every grid to draw afresh, the difference would be near that of two solutions without anything in common.
    expect(error(0.3)).toMatchObject({ strongOrder: 0.5 });
    expect(error(0.3).law).toBeLessThan(0.5);
  });
});

describe("the error of means", () => {
  it("is the standard error of the run where its paths are the sample", () => {
    const given = { ...base, ensemble: { paths: 50 }, observe: ["mean-overlap", "overlap"] };
    const { sampling } = planned(given).error;
    expect(sampling!.from).toEqual({ paths: 50 });
    const { observables } = runNumbers(parseConfig(given));
    for (const [name, { stderr }] of Object.entries(observables)) {
      expect(sampling!.observables[name] / stderr[stderr.length - 1]!).toBeCloseTo(1, 2);
    }
  });

  it("of tokens is that of independent ones", () => {
    const { meanField } = planned({ ...base, initial: { kind: "uniform", tokens: 2500 } }).error;
    // Uniform tokens have unit variance about a mean of zero, to about one in fifty.
    expect(meanField!.tokens).toBe(2500);
    expect(meanField!.mean * 50).toBeGreaterThan(0.98);
    expect(meanField!.mean * 50).toBeLessThan(1.02);
  });
});

describe("what cannot be told", () => {
  const nulls = ({ perStep, perPath, seconds, error }: Plan) => [perStep, perPath, seconds, error.time];

  it.each([
    [
      "nothing made",
      {},
      1.4,
      "the model, its tables and its start take more than 1.4 s, and the sample was cut off there",
    ],
    [
      "no step",
      { made: learnt(base).made! },
      1.4,
      /^a step takes more than 1\.4 s, and the sample was cut off in it$/,
    ],
    ["a refusal", {}, "run refuses this: initial.tokens", "run refuses this: initial.tokens"],
  ] as const)("%s: null, with the reason", (_what, known, cut, sentence) => {
    const plan = planOf(parseConfig(base), { workers: 1, sample: known, cut });
    expect(nulls(plan).slice(0, 3)).toEqual([null, null, null]);
    expect(plan.error.time?.law ?? null).toBeNull();
    expect(plan.notes).toHaveLength(1);
    expect(plan.notes[0]).toMatch(sentence);
  });

  it.each([
    [
      "a transformer",
      { ...base, model: attention, solver: { kind: "transformer", heads: 2, eta: 0.1, layers: 8 } },
      /layers are no steps/,
    ],
    ["redrawn noise", { ...base, model: { ...attention, atoms: "fresh" } }, /redrawn every step/],
    [
      "a given noise",
      {
        ...base,
        noise: { kind: "table", increments: Array.from({ length: 8 }, (_, i) => [0.1 * (-1) ** i]) },
      },
      /no grid finer/,
    ],
  ])("the steps of %s", (_what, given, sentence) => {
    const { error, notes, seconds } = planned(given);
    expect(seconds).toBeGreaterThan(0);
    expect(error.time?.law ?? null).toBeNull();
    expect(notes.filter((note) => note.startsWith("error.time: "))).toEqual([
      expect.stringMatching(sentence),
    ]);
  });

  it("given noise with rows to spare is halved", () => {
    const increments = Array.from({ length: 16 }, (_, i) => [0.1 * (-1) ** i]);
    expect(planned({ ...base, noise: { kind: "table", increments } }).error.time!.law).toBeGreaterThan(0);
  });

  it("the spread of paths of which fewer than two were finished", () => {
    const given = { ...base, solver: { ...base.solver, steps: 10 ** 6 }, ensemble: { paths: 10 } };
    const plan = planOf(parseConfig(given), { workers: 1, sample: learnt(given, { tick: 1e-3, until: 1 }) });
    expect(plan.error.sampling).toBeNull();
    expect(plan.notes).toContainEqual(expect.stringMatching(/^error\.sampling: fewer than two paths/));
  });

  it("a run that stops is told where it does", () => {
    const given = {
      ...base,
      model: attention,
      initial: { kind: "vmf", components: [{ weight: 1, kappa: 200, mean: [0, 0, 1] }] },
      solver: { ...density, lmax: 4 },
    };
    const { notes, seconds } = planned(given);
    expect(seconds).toBeNull();
    expect(notes).toContainEqual(
      expect.stringMatching(/^path 0 stops at t = 0: the initial density is not resolved/),
    );
  });
});
