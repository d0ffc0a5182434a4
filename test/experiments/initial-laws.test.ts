import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/config/contract/config-error.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { limitSide } from "../../src/experiments/agree/limit-side.js";
import { chaosStudy } from "../../src/experiments/study/chaos.js";
import { runNumbers } from "../../src/experiments/run.js";

const run = (dimension: number, initial: object, solver: object, observe: readonly string[]) =>
  runNumbers(
    parseConfig({
      model: { name: "rotation", dimension },
      initial,
      solver: { horizon: 0.01, steps: 2, ...solver },
      observe,
    }),
  );
const bump = (kappa: number, mean: readonly number[], more: object = {}) => ({
  kind: "vmf",
  components: [{ weight: 1, kappa, mean }],
  ...more,
});
const skew = [0.6, 0.64, 0.48];
const lastOf = (numbers: ReturnType<typeof run>, name: string): number =>
  numbers.observables[name].mean.at(-1)!;

describe("a run from a narrow law", () => {
  it("has the mean resultant by characteristics, and by a density that cannot start", () => {
    const circle = run(2, bump(2000, [1, 0]), { kind: "characteristics", lmax: 20 }, ["order-parameter"]);
    // I1 / I0 at 2000, by its asymptotic series.
    expect(Math.abs(lastOf(circle, "order-parameter") - (1 - 1 / 4000 - 1 / 3.2e7))).toBeLessThan(1e-10);
    expect(circle.diagnostics.quadrature).toBe("adapted to the initial law");
    const sphere = run(
      3,
      bump(1e4, skew),
      { kind: "density", lmax: "auto", lmaxLimit: 42, onUnresolved: "characteristics" },
      ["order-parameter"],
    );
    expect(Math.abs(sphere.observables["order-parameter"].mean[0] - 0.9999)).toBeLessThan(1e-12);
    // Runge and Kutta's rotation is one to their order only.
    expect(Math.abs(lastOf(sphere, "order-parameter") - 0.9999)).toBeLessThan(1e-9);
    expect(sphere.stopped).toBeUndefined();
  });

  it("stops at time zero, with finite numbers only, where the density cannot start", () => {
    const numbers = run(3, bump(1e6, skew), { kind: "density", lmax: 20 }, ["order-parameter"]);
    expect(numbers.stopped).toMatchObject({ path: 0, time: 0 });
    expect(numbers.stopped!.cause).toMatch(
      /its mass on the nodes is 0 instead of 1; it takes more than degree/,
    );
    expect(numbers.observables["order-parameter"]).toEqual({ time: [], mean: [], stderr: [] });
    expect(numbers.final).toBeUndefined();
    expect(JSON.stringify(numbers)).not.toMatch(/null|NaN/);
  });

  it.each(["quasi", "random"])("is one cluster, however narrow, %s", (placement) => {
    for (const kappa of [1e17, 1e100]) {
      for (const d of [2, 3, 4, 8]) {
        const mean = Array.from({ length: d }, (_, a) => (a === 0 ? 1 : 0));
        const numbers = run(d, bump(kappa, mean, { tokens: 8, placement }), { kind: "particles" }, [
          "clusters",
        ]);
        expect(numbers.observables.clusters.mean).toEqual([1, 1, 1]);
      }
    }
  });

  it("is no agreement where the density cannot start", () => {
    const config = parseConfig({
      model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.5, atoms: 1 },
      initial: bump(1e6, skew, { tokens: 4 }),
      solver: { kind: "density", lmax: 10, horizon: 0.1, steps: 2 },
      observe: ["mean-overlap"],
    });
    expect(() => limitSide(config)).toThrow(ConfigError);
    expect(() => limitSide(config)).toThrow(
      /^solver\.lmax: the initial density is not resolved by degree 10/,
    );
  });
});

describe("low-discrepancy tokens of a mixture", () => {
  const two = {
    kind: "vmf",
    placement: "quasi",
    components: [
      { weight: 0.5, kappa: 2, mean: [1, 0] },
      { weight: 0.5, kappa: 2, mean: [0, 1] },
    ],
  };
  const model = { name: "rotation", dimension: 2 };

  it.each(["density", "characteristics"])("need no number where %s moves the law itself", (kind) => {
    const random = { ...two, placement: "random" };
    const lawOf = (initial: object) =>
      runNumbers(parseConfig({ model, initial, solver: { kind, lmax: 15, horizon: 0.1, steps: 2 } }));
    expect(lawOf(two).observables).toEqual(lawOf(random).observables);
  });

  it("serve every component at every level of a study of chaos, or the level is refused", () => {
    const chaos = (levels: number[]) => () =>
      chaosStudy(
        parseConfig({
          model,
          initial: two,
          solver: { kind: "characteristics", lmax: 15, horizon: 0.1, steps: 2 },
          study: { levels, paths: 2 },
        }),
      ).report.levels.map(({ tokens }) => tokens);
    expect(chaos([2, 4])()).toEqual([2, 4]);
    expect(chaos([1, 2, 4])).toThrow(
      /^study\.levels\[0\]: 1 cannot serve 2 components; want one token for each$/,
    );
  });
});

describe("weights of given points", () => {
  it.each([
    [[1.5, -0.5], /^initial\.weights\[1\]: is (-0\.5|too small), want .*(zero|0)/],
    [[0, 0], /^initial\.weights: sum to 0, want 1/],
  ])("%j are refused", (weights, want) => {
    const initial = {
      kind: "points",
      points: [
        [1, 0],
        [0, 1],
      ],
      weights,
    };
    expect(() => run(2, initial, { kind: "particles" }, ["mean-overlap"])).toThrow(want);
  });
});
