import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { limitSide } from "../../src/experiments/agree/limit-side.js";
import { tokenSide } from "../../src/experiments/agree/token-side.js";
import { runNumbers } from "../../src/experiments/run.js";
import { chaosStudy } from "../../src/experiments/study/chaos.js";
import { strongStudy } from "../../src/experiments/study/strong.js";
import { weakStudy } from "../../src/experiments/study/weak.js";

type Part = Record<string, unknown>;

const rotation = { name: "rotation", dimension: 2 };
const attention = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 1 };
const bump = { kind: "vmf", components: [{ weight: 1, kappa: 2, mean: [1, 0] }] };
const base = {
  model: rotation,
  initial: { kind: "points", points: [[1, 0]] },
  solver: { kind: "particles", scheme: "flow", substeps: 32, horizon: 1, steps: 16, every: 16 },
  ensemble: { seed: "a" },
  observe: ["mean-overlap"],
};
const config = (solver: Part, more: Part = {}) =>
  parseConfig({ ...base, ...more, solver: { ...base.solver, every: 1024, ...solver } });
const pointsOf = (solver: Part, more: Part = {}): number[][] =>
  runNumbers(config(solver, more)).final!.points!.map((row) => [...row]);
/** W_T: the angle a token was turned by. */
const turned = (solver: Part): number => {
  const [[x, y]] = pointsOf(solver);
  return Math.atan2(y, x);
};
const LADDER = [4, 8, 16, 32];

describe("one seed and one finest grid", () => {
  it("are one path at every number of steps, which is the path of as many steps", () => {
    const own = LADDER.map((steps) => turned({ steps }));
    expect(Math.abs(own[2] - own[3])).toBeGreaterThan(0.5);
    const angles = LADDER.map((steps) => turned({ steps, finest: 32 }));
    // What is left is the flow's RK4.
    for (const angle of angles) expect(Math.abs(angle - own[3])).toBeLessThan(1e-7);
    expect(turned({ steps: 32, finest: 32 })).toBe(own[3]);
  });

  it("are the same increments: dX = dW in R^1, in one step and in many", () => {
    const model = { name: "affine", dimension: 1, noise: [{ offset: [1] }] };
    const initial = { kind: "points", points: [[0]] };
    const at = (steps: number): number =>
      pointsOf({ scheme: "euler-maruyama", steps, finest: 32, horizon: 1 }, { model, initial })[0][0];
    // A run sums its steps from the left, the grid by halves: equal up to the rounding of 32 sums.
    for (const steps of [2, ...LADDER]) expect(Math.abs(at(steps) - at(1))).toBeLessThan(1e-15);
    // Half of the path is one step of two, and the sum of two of four, added in the same order.
    const path = (steps: number) =>
      runNumbers(
        config(
          { scheme: "euler-maruyama", steps, finest: 32, every: steps / 2 },
          { model, initial, observe: ["coordinate:0"] },
        ),
      ).observables["coordinate:0"].mean;
    expect(path(4)[1]).toBe(path(2)[1]);
  });

  it("let separate runs of Milstein's scheme converge with order one, the areas by Chen", () => {
    const initial = { kind: "uniform", tokens: 4 };
    const seeds = Array.from({ length: 60 }, (_, i) => `path ${i}`);
    const error = (steps: number, finest?: number): number => {
      let sum = 0;
      for (const seed of seeds) {
        const more = { model: attention, initial, ensemble: { seed } };
        const solver = { horizon: 0.5, substeps: 1 };
        const coarse = pointsOf({ ...solver, scheme: "milstein", steps, ...(finest && { finest }) }, more);
        const fine = pointsOf({ ...solver, scheme: "log-ode", steps: 128, finest: 128 }, more);
        coarse.forEach((row, i) => row.forEach((v, a) => (sum += (v - fine[i][a]) ** 2 / 4)));
      }
      return Math.sqrt(sum / seeds.length);
    };
    const errors = [4, 16].map((steps) => error(steps, 128));
    const order = Math.log2(errors[0] / errors[1]) / 2;
    expect(order).toBeGreaterThan(0.8);
    expect(order).toBeLessThan(1.25);
    // On grids of their own the runs follow different paths.
    expect(error(16)).toBeGreaterThan(10 * errors[1]);
  });

  it("share the noise of each token as well", () => {
    const model = { name: "affine", dimension: 1, noise: [{ offset: [0] }] };
    const initial = { kind: "points", points: [[0], [0]] };
    const at = (steps: number, finest?: number): number[][] =>
      pointsOf({ scheme: "euler-maruyama", steps, kappa: 1, ...(finest && { finest }) }, { model, initial });
    const [[a], [b]] = at(32);
    expect(at(32, 32)).toEqual([[a], [b]]);
    expect(Math.abs(a - b)).toBeGreaterThan(0.1);
    for (const steps of LADDER) {
      at(steps, 32).forEach(([x], i) => expect(Math.abs(x - [a, b][i])).toBeLessThan(1e-14));
      if (steps < 32) expect(Math.abs(at(steps)[0][0] - a)).toBeGreaterThan(1e-3);
    }
  });

  it.each([
    ["density", { kind: "density", lmax: 15, scheme: "flow", substeps: 4 }],
    ["characteristics", { kind: "characteristics", lmax: 15, scheme: "log-ode", substeps: 4 }],
  ] as [string, Part][])("turn a %s by the same angle", (_kind, solver) => {
    const moment = (more: Part): number => {
      const observe = ["moment:1,1"];
      const given = parseConfig({
        ...base,
        initial: bump,
        observe,
        solver: { ...solver, horizon: 1, ...more },
      });
      return runNumbers(given).observables["moment:1,1"].mean.at(-1)!;
    };
    const fine = moment({ steps: 32, finest: 32 });
    expect(Math.abs(moment({ steps: 8, finest: 32 }) - fine)).toBeLessThan(1e-4);
    expect(Math.abs(moment({ steps: 8 }) - fine)).toBeGreaterThan(1e-2);
  });

  it("are one path for both sides of an agreement", () => {
    const given = (steps: number, more: Part) =>
      parseConfig({
        ...base,
        initial: bump,
        solver: { kind: "density", lmax: 15, horizon: 1, steps, substeps: 4, ...more },
        agree: { tokens: [4, 8, 16], repetitions: 2, transformer: null },
      });
    const first = (steps: number, more: Part): number[] => {
      const { moments, differences } = limitSide(given(steps, more));
      expect(Math.max(...differences)).toBeLessThan(1e-4);
      return [moments[1], tokenSide(given(steps, more)).moments[2][0][1]];
    };
    const fine = first(32, {});
    first(16, { finest: 32 }).forEach((v, i) => expect(Math.abs(v - fine[i])).toBeLessThan(1e-2));
    expect(Math.abs(first(16, {})[0] - fine[0])).toBeGreaterThan(5e-2);
  });
});

describe("a study on a finest grid", () => {
  const study = { levels: [2, 4, 8], paths: 20, reference: "finest" };
  const given = (solver: Part, more: Part = {}) =>
    config(
      { scheme: "milstein", steps: 8, ...solver },
      { model: attention, initial: { kind: "uniform", tokens: 3 }, study: { ...study, ...more } },
    );
  const errors = (make: typeof strongStudy, solver: Part, more: Part = {}) =>
    make(given(solver, more)).report.levels.map(({ error }) => error);

  it.each([
    ["strong", strongStudy],
    ["weak", weakStudy],
  ] as const)("draws its paths there: %s", (_kind, make) => {
    expect(errors(make, { finest: 8 })).toEqual(errors(make, {}));
    const finer = errors(make, { finest: 64 });
    expect(finer).not.toEqual(errors(make, {}));
    // The paths are those of any study on that grid, whatever its levels.
    expect(errors(make, { finest: 64, steps: 16 }, { levels: [2, 4, 8] })).toEqual(finer);
    expect(errors(make, { finest: 64, kappa: 0.3 })).not.toEqual(errors(make, { kappa: 0.3 }));
  });

  it("follows the paths of separate runs on that grid, each token's own noise too", () => {
    const more = { paths: 3, levels: [2, 4, 8] };
    const solver = { finest: 64, kappa: 0.4 };
    const { levels } = weakStudy(given(solver, more)).report;
    const mean = (steps: number): number =>
      runNumbers({ ...given({ ...solver, steps }), ensemble: { paths: 3, seed: "a" } }).observables[
        "mean-overlap"
      ].mean.at(-1)!;
    levels.forEach(({ bias, steps }) =>
      expect(Math.abs(bias! - (mean(steps!) - mean(8)))).toBeLessThan(1e-13),
    );
    expect(Math.abs(levels[0].bias!)).toBeGreaterThan(1e-4);
  });

  it("refuses one that does not refine its own", () => {
    const refused = /^solver\.finest: 8 steps do not refine the study's own finest 32; want/;
    expect(() => strongStudy(given({ finest: 8 }, { reference: "independent" }))).toThrow(refused);
    expect(() => strongStudy(given({ finest: 48, steps: 12 }))).toThrow(
      /^solver\.finest: 48 steps do not refine/,
    );
  });

  it("of chaos follows the same path", () => {
    const chaos = (solver: Part) =>
      chaosStudy(
        parseConfig({
          ...base,
          initial: { ...bump, tokens: 4 },
          solver: { kind: "particles", scheme: "log-ode", horizon: 0.5, steps: 4, ...solver },
          study: { levels: [2, 4], paths: 2 },
        }),
      ).report.levels.map(({ error }) => error);
    expect(chaos({ finest: 4 })).toEqual(chaos({}));
    expect(chaos({ finest: 16 })).not.toEqual(chaos({}));
  });
});

describe("a finest grid is refused", () => {
  it.each([[8], [24], [48], [17]])("of %i for 16 steps", (finest) => {
    expect(() => config({ finest })).toThrow(
      `solver.finest: is ${finest}, which is not solver.steps 16 doubled some number of times`,
    );
  });

  it("beside a given path, and for a solver that follows none", () => {
    const noise = { kind: "table", increments: Array.from({ length: 16 }, () => [0.1]) };
    expect(() => config({ finest: 32 }, { noise })).toThrow(
      /^solver\.finest: has no meaning beside a given path/,
    );
    const chain = { kind: "transformer", heads: 1, eta: 0.1, layers: 4, finest: 8 };
    expect(() => parseConfig({ ...base, model: attention, solver: chain })).toThrow(
      /^solver\.finest: is not a key/,
    );
    expect(() => config({ finest: 0 })).toThrow(/^solver\.finest: is too small/);
  });
});
