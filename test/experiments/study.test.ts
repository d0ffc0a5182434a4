import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { rotated } from "../../src/exact/rotated.js";
import { exactMean } from "../../src/experiments/study/exact.js";
import { chaosStudy } from "../../src/experiments/study/chaos.js";
import { slicedAgainst } from "../../src/experiments/study/sliced.js";
import { strongStudy } from "../../src/experiments/study/strong.js";
import { transformerStudy } from "../../src/experiments/study/transformer.js";
import { weakStudy } from "../../src/experiments/study/weak.js";
import { uniformLaw } from "../../src/laws/uniform.js";
import { stream } from "../../src/noise/stream.js";
import { overlap } from "../../src/observables/overlap.js";
import { projections } from "../../src/observables/projections.js";
import { slicedWasserstein } from "../../src/observables/sliced-wasserstein.js";
import { measure } from "../../src/sphere/measure.js";

type Part = Record<string, unknown>;
type Bounds = readonly [number, number];

const attention = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 1 };
const rotation = { name: "rotation", dimension: 3 };
const particles = { kind: "particles", scheme: "milstein", horizon: 0.25, steps: 8 };
const bumps = {
  kind: "vmf",
  components: [
    { weight: 0.6, kappa: 2, mean: [1, 0, 0] },
    { weight: 0.4, kappa: 3, mean: [0, 0.6, 0.8] },
  ],
};
const tokens = { kind: "uniform", tokens: 6 };
const two = { kind: "simplex", tokens: 2, overlap: 0.2 };

const config = (
  model: Part,
  initial: Part,
  solver: Part,
  study: Part | undefined,
  observe = ["mean-overlap"],
) =>
  parseConfig({
    model,
    initial,
    solver,
    observe,
    ensemble: { seed: "study tests" },
    ...(study && { study }),
  });

const holds = (interval: Bounds | null | undefined, v: number): boolean =>
  interval !== null && interval !== undefined && interval[0] <= v && v <= interval[1];

describe("strong studies", () => {
  const levels = [4, 8, 16, 32];

  it("find order one with the area, one half without, by an independent scheme", () => {
    const study = { levels, paths: 120 };
    const fit = (solver: Part) =>
      strongStudy(config(attention, tokens, { ...particles, ...solver }, study)).report;
    const full = fit({ area: "auto" });
    expect(full).toMatchObject({
      scheme: "milstein with Lévy area",
      reference: "log-ode with Lévy area on 128 steps",
      paths: 120,
      notes: [],
    });
    expect(full.fit!.interval![0]).toBeGreaterThan(0.8);
    expect(full.fit!.interval![1]).toBeLessThan(1.2);
    const bare = fit({ area: "none" });
    expect(bare.fit!.interval![0]).toBeGreaterThan(0.35);
    expect(bare.fit!.interval![1]).toBeLessThan(0.7);
    expect(bare.notes[0]).toMatch(/strong order 1\/2/);
    expect(bare.levels.map(({ work }) => work)).toEqual(levels.map((n) => 4 * n));
    expect(full.levels[0].work).toBeGreaterThan(bare.levels[0].work);
  });

  it("hold a rotation against its exact path, tokens and density alike", () => {
    const study = { levels: [32, 64, 128, 256], paths: 400, reference: "exact" };
    const solved = (solver: Part, initial: Part, more: Part = {}) =>
      strongStudy(config(rotation, initial, solver, { ...study, ...more })).report;
    const exact = solved(particles, tokens);
    expect(exact.reference).toBe("exact");
    expect(exact.fit!.interval![0]).toBeGreaterThan(0.85);
    expect(exact.fit!.interval![1]).toBeLessThan(1.1);
    const other = solved(particles, tokens, { reference: "independent", referenceSteps: 256 });
    /* the reference's own error is far smaller: the flow has order two for one channel without drift */
    exact.levels.forEach(({ error }, i) => expect(other.levels[i].error / error).toBeCloseTo(1, 2));
    const half = solved({ ...particles, scheme: "euler-maruyama" }, tokens);
    expect(holds(half.fit!.interval, 0.5)).toBe(true);
    expect(holds(half.fit!.interval, 1)).toBe(false);
    const density = { kind: "density", lmax: 15, scheme: "euler-maruyama", horizon: 0.1, steps: 8 };
    const moved = solved(density, bumps, { levels: [8, 16, 32], paths: 40 });
    expect(moved.quantity).toMatch(/l <= 4/);
    expect(moved.fit!.interval![0]).toBeGreaterThan(0.3);
    expect(moved.fit!.interval![1]).toBeLessThan(0.7);
    /* the density's flow is exact for a rotation up to RK4 in pseudo-time, whose substeps cap the error: no order */
    const flow = solved({ ...density, scheme: "flow" }, bumps, { levels: [8, 16, 32], paths: 4 });
    expect(flow.levels[0].error).toBeLessThan(0.01 * moved.levels[0].error);
  });

  it("turn by the matrix exponential", () => {
    const [c, s] = [Math.cos(4.2), Math.sin(4.2)];
    const turned = rotated(Float64Array.of(1, 0, 0, 0, 0, 1), 3, 4.2);
    [c, s, 0, 0, 0, 1].forEach((v, i) => expect(turned[i]).toBeCloseTo(v, 13));
  });

  it("name the finest reference blind, and judge kappa on one Brownian path", () => {
    const study = { levels: [4, 8, 16, 32], paths: 60, reference: "finest" };
    const own = strongStudy(config(rotation, tokens, { ...particles, kappa: 0.5 }, study)).report;
    expect(own.notes.join()).toMatch(/noise of their own.*the reference is the scheme's own/);
    expect(own.levels.map(({ steps }) => steps)).toEqual([4, 8, 16]);
    /* were the own noise drawn afresh at each level, the error would not fall */
    expect(own.fit!.interval![0]).toBeGreaterThan(0.3);
  });

  it.each([
    [rotation, tokens, particles, undefined, /^study: is missing/],
    [
      rotation,
      tokens,
      particles,
      { levels: [8, 16, 24] },
      /^study\.levels\[0\]: 8 is not the finest level 24 halved/,
    ],
    [
      rotation,
      tokens,
      particles,
      { levels: [12, 24, 64] },
      /^study\.levels\[0\]: 12 is not the finest level 64/,
    ],
    [rotation, tokens, particles, { levels: [8, 16, 16] }, /^study\.levels\[2\]: 16 does not rise above 16/],
    [
      rotation,
      tokens,
      particles,
      { levels: [8, 16], reference: "finest" },
      /^study\.levels: .*at least three/,
    ],
    [rotation, tokens, particles, { levels: [8, 16], referenceSteps: 40 }, /^study\.referenceSteps: 40/],
    [attention, tokens, particles, { levels: [8, 16], reference: "exact" }, /^study\.reference: no "exact"/],
    [{ ...attention, atoms: "fresh" }, tokens, particles, { levels: [8, 16] }, /^model\.atoms: "fresh"/],
    [
      rotation,
      bumps,
      { kind: "density", lmax: 7, horizon: 1, steps: 8 },
      { levels: [8, 16], degree: 8 },
      /^study\.degree: 8 is above solver\.lmax/,
    ],
  ] as [Part, Part, Part, Part | undefined, RegExp][])(
    "refuse what makes none: %#",
    (model, initial, solver, study, want) => {
      expect(() => strongStudy(config(model, initial, solver, study))).toThrow(want);
    },
  );
});

describe("weak studies", () => {
  const pole = { kind: "points", points: [[0, 0, 1]] };
  const brownian = { name: "spherical-brownian", dimension: 3 };
  const euler = { kind: "particles", scheme: "euler-maruyama", horizon: 0.25, steps: 8 };

  it("find first order against exact means, observable by observable, and drop what noise covers", () => {
    const study = { levels: [2, 4, 8, 256], paths: 4000, reference: "exact" };
    const { report } = weakStudy(config(brownian, pole, euler, study, ["zonal:1", "zonal:2"]));
    expect(Object.keys(report.observables!)).toEqual(["zonal:1", "zonal:2"]);
    expect(report.levels).toEqual(report.observables!["zonal:1"].levels);
    expect(report.levels.map(({ resolved }) => resolved)).toEqual([true, true, true, false]);
    expect(report.notes[0]).toMatch(/^zonal:1: at 256 steps the bias is below 3 standard errors/);
    for (const { error, interval, bias } of report.levels) {
      expect(error).toBe(Math.abs(bias!));
      expect((interval![0] + interval![1]) / 2).toBeCloseTo(error, 12);
    }
    expect(report.fit!.interval![0]).toBeGreaterThan(0.4);
    expect(report.fit!.interval![1]).toBeLessThan(1.3);
  });

  it("take common paths for an independent reference: the noise is far smaller", () => {
    const levels = [2, 4, 8];
    const by = (reference: string) =>
      weakStudy(config(brownian, pole, euler, { levels, paths: 1000, reference }, ["zonal:1"])).report;
    const [exact, common] = [by("exact"), by("independent")];
    expect(common.reference).toBe("milstein with Lévy area on 128 steps, same paths");
    common.levels.forEach(({ standardError, bias }, i) => {
      const both = Math.hypot(standardError!, exact.levels[i].standardError!);
      expect(Math.abs(bias! - exact.levels[i].bias!)).toBeLessThan(5 * both);
    });
    expect(common.levels[2].standardError!).toBeLessThan(0.7 * exact.levels[2].standardError!);
  });

  it("know the exact answers: decay of harmonics, one token, two tokens at beta = 0", () => {
    const start = measure([[0, 0, 1]]);
    const one = config({ ...attention, dimension: 3 }, pole, euler, undefined, ["zonal:2"]);
    /* l (l+1) sigma_V^2 / 2 = 1 with sigma_V^2 = 1/3 */
    expect(exactMean(one, 0.5, "zonal:2", () => 1)(start)).toBeCloseTo(Math.exp(-0.5), 14);
    const spherical = config(brownian, pole, { ...euler, kappa: 1 }, undefined, ["zonal:1"]);
    expect(exactMean(spherical, 0.5, "zonal:1", () => 1)(start)).toBeCloseTo(Math.exp(-1), 14);
    /* l (l+1) (1 + kappa^2) T / 2 */
    const weaker = config(brownian, pole, { ...euler, kappa: 0.5 }, undefined, ["zonal:1"]);
    expect(exactMean(weaker, 0.5, "zonal:1", () => 1)(start)).toBeCloseTo(Math.exp(-0.625), 14);
    const pair = measure([
      [1, 0, 0],
      [0.2, Math.sqrt(0.96), 0],
    ]);
    const bilinear = { ...attention, dimension: 3, beta: 0 };
    const overlaps = config(bilinear, two, euler, undefined, ["overlap", "mean-overlap"]);
    /* E R_1 from R_0 = 0.2, d = 3: an independent program */
    expect(exactMean(overlaps, 1, "overlap", overlap(0, 1))(pair)).toBeCloseTo(0.3085902, 6);
    expect(exactMean(overlaps, 1, "mean-overlap", overlap(0, 1))(pair)).toBeCloseTo(0.6542951, 6);
    /* twice the variance is twice the time */
    const louder = config({ ...bilinear, sigmaV: Math.sqrt(2 / 3) }, two, euler, undefined, ["overlap"]);
    expect(exactMean(louder, 0.5, "overlap", overlap(0, 1))(pair)).toBeCloseTo(0.3085902, 6);
  });

  it.each([
    [brownian, pole, ["mean-overlap"], /^observe\[0\]: no exact mean of "mean-overlap"/],
    [{ ...attention, dimension: 3 }, two, ["overlap"], /^study\.reference: no "exact" mean/],
    [{ ...attention, dimension: 3, beta: 0 }, two, ["overlap", "clusters"], /^observe\[1\]: no exact mean/],
    [
      { ...attention, dimension: 3, beta: 0 },
      { kind: "uniform", tokens: 2 },
      ["overlap"],
      /^initial\.kind: the exact/,
    ],
  ] as [Part, Part, string[], RegExp][])(
    "refuse an exact mean that is not known: %#",
    (model, initial, observe, want) => {
      const study = { levels: [2, 4], paths: 2, reference: "exact" };
      expect(() => weakStudy(config(model, initial, euler, study, observe))).toThrow(want);
    },
  );
});

describe("propagation of chaos", () => {
  const flow = { ...particles, scheme: "flow", steps: 4, every: 2 };
  const circle = (placement: string) => ({
    kind: "vmf",
    tokens: 8,
    placement,
    components: [{ weight: 1, kappa: 1, mean: [1, 0] }],
  });

  it("goes like 1/n from independent starts, and faster from low-discrepancy ones", () => {
    const study = { levels: [4, 8, 16, 32], paths: 60 };
    const free = chaosStudy(config(attention, circle("random"), flow, study)).report;
    const even = chaosStudy(config(attention, circle("quasi"), flow, { ...study, paths: 8 })).report;
    expect(free.levels.map((level) => level.tokens)).toEqual(study.levels);
    expect(holds(free.fit!.interval, -1)).toBe(true);
    expect(holds(free.fit!.interval, -0.5)).toBe(false);
    expect(even.fit!.interval![1]).toBeLessThan(-1.3);
    expect(even.levels[3].error).toBeLessThan(0.3 * free.levels[3].error);
    expect(free.reference).toMatch(/quadrature nodes/);
  });

  it("measures the exact distance where it is cheap, above the sliced one", () => {
    const error = (distance: string) =>
      chaosStudy(config(attention, circle("random"), flow, { levels: [4, 8], paths: 4, distance })).report;
    const [exact, sliced, free] = [error("exact"), error("sliced"), error("auto")];
    expect(exact.quantity).toBe("E sup W₂²");
    expect(free.levels).toEqual(exact.levels);
    exact.levels.forEach(({ error: e }, i) => expect(e).toBeGreaterThan(sliced.levels[i].error));
  });

  it("has the sliced distance of the observables", () => {
    const directions = projections(3, 24);
    const source = stream("sliced", "initial");
    const cloud = uniformLaw(3).sample(7, source, 0);
    const many = uniformLaw(3).sample(50, source, 1);
    const weights = Float64Array.from({ length: 50 }, (_, i) => (i + 1) / 1275);
    const limit = { ...many, weights };
    const sliced = slicedAgainst(directions, 3);
    const want = slicedWasserstein(cloud, limit, directions) ** 2;
    expect(sliced.square(cloud, sliced.sort(limit))).toBeCloseTo(want, 13);
    expect(sliced.square(cloud, sliced.sort(many))).not.toBeCloseTo(want, 4);
  });

  it.each([
    [circle("random"), { ...flow, kappa: 1 }, {}, /^solver\.kappa/],
    [circle("random"), flow, { reference: "finest" }, /^study\.reference: "finest" is no limit law/],
    [{ kind: "points", points: [[1, 0]] }, flow, {}, /^initial\.kind: "points"/],
    [circle("random"), { kind: "density", lmax: 7, horizon: 1, steps: 4 }, {}, /^solver\.kind: "density"/],
  ] as [Part, Part, Part, RegExp][])(
    "refuses what has no limit to measure: %#",
    (initial, solver, study, want) => {
      expect(() => chaosStudy(config(attention, initial, solver, { levels: [4, 8], ...study }))).toThrow(
        want,
      );
    },
  );
});

describe("transformer studies", () => {
  const chain = { kind: "transformer", heads: 2, eta: 0.5, layers: 8 };
  const model = { ...attention, dimension: 3, beta: 0 };
  const run = (study: Part, more: Part = {}) =>
    transformerStudy(config({ ...model, ...more }, two, chain, study, ["overlap"])).report;

  it("fall like eta^2 / H against the exact mean", () => {
    const report = run({ levels: [1, 2, 4], paths: 12000, reference: "exact" });
    report.levels.forEach(({ eta, steps }) => expect(eta! ** 2 / 2).toBeCloseTo(1 / steps!, 14));
    expect(report.horizon).toBe(1);
    expect(report.levels[0].resolved).toBe(true);
    expect(report.fit!.interval![0]).toBeGreaterThan(0.4);
    expect(report.fit!.interval![1]).toBeLessThan(1.8);
    /* the wrong clock, twice the time, would show: E R changes by 0.09 */
    expect(report.levels[2].error).toBeLessThan(0.05);
  });

  it("are judged by the equation with fresh atoms where nothing is exact", () => {
    const common = { levels: [1, 2], paths: 3000 };
    const [exact, equation] = [
      run({ ...common, reference: "exact" }),
      run({ ...common, reference: "independent", referenceSteps: 32 }, { freshAtoms: 1 }),
    ];
    expect(equation.reference).toMatch(/fresh atoms on 32 steps/);
    equation.levels.forEach(({ bias, standardError }, i) => {
      const both = Math.hypot(standardError!, exact.levels[i].standardError!);
      expect(Math.abs(bias! - exact.levels[i].bias!)).toBeLessThan(5 * both);
    });
  });

  it("refuse other solvers and references", () => {
    const study = { levels: [2, 4], paths: 2 };
    expect(() => transformerStudy(config(model, two, particles, study))).toThrow(
      /^solver\.kind: "particles"/,
    );
    expect(() => run({ ...study, reference: "flow" })).toThrow(/^study\.reference: "log-ode"/);
    expect(() => strongStudy(config(model, two, chain, study))).toThrow(/^solver\.kind: "transformer" draws/);
  });
});
