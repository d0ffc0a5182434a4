import { describe, expect, it } from "vitest";
import { affine } from "../../src/models/gallery/affine.js";
import { superpose } from "../../src/models/superpose.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import { commutes } from "../../src/models/commutes.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { brownian } from "../../src/noise/brownian.js";
import { MOST_BYTES, MOST_CHANNELS } from "../../src/noise/areas/limits.js";
import { tableNoise } from "../../src/noise/table.js";
import { wrap } from "../../src/sphere/measure.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawsArea, needsArea, orderOf, wantsArea } from "../../solvers/area.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { particles } from "../../solvers/particles.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { simulate } from "../../solvers/simulate.js";
import { studyStrong } from "../../src/studies/strong.js";
import type { CommonNoise, Scheme } from "../../src/types.js";

const initial = wrap(Float64Array.of(0, 0, 1), 3);
const shape = { seed: "areas", path: 0, channels: 3, horizon: 1, steps: 8 };
const bare = brownian({ ...shape, area: null });

/** One path of spherical Brownian motion, whose fields do not commute: where it ended, and what is said of it. */
function solved(scheme: Scheme, noise: CommonNoise, area?: "auto" | "full" | "none" | boolean) {
  const evolution = particles({ model: sphericalBrownian(3), scheme, initial });
  simulate({ evolution, noise, steps: 8, ...(area !== undefined && { area }) });
  return { ...evolution.diagnostics(), points: evolution.law.points.slice() };
}

describe("the Lévy area of a library run", () => {
  it.each([milstein, logOde])("is given by default where the fields do not commute: $name", (scheme) => {
    const byDefault = solved(scheme, brownian(shape));
    expect(byDefault).toMatchObject({ scheme: scheme.name, strongOrder: 1 });
    expect(byDefault).not.toHaveProperty("note");
    expect(byDefault.points).toEqual(solved(scheme, brownian(shape), "full").points);
    expect(byDefault.points).toEqual(solved(scheme, brownian(shape), true).points);
    const none = solved(scheme, brownian(shape), "none");
    expect(none.points).not.toEqual(byDefault.points);
    expect(none.points).toEqual(solved(scheme, bare).points);
  });

  it.each([milstein, logOde])("is missed aloud: $name", (scheme) => {
    for (const without of [solved(scheme, bare), solved(scheme, brownian(shape), "none")]) {
      expect(without).toMatchObject({ strongOrder: 0.5 });
      expect(without).toHaveProperty(
        "note",
        expect.stringMatching(/no Lévy area is used: strong order 1\/2/),
      );
    }
  });

  it("is refused where it is insisted on and not there", () => {
    expect(() => solved(milstein, bare, "full")).toThrow(/carries no Lévy areas.*"full"/);
    const rows = Array.from({ length: 8 }, () => [0.1, -0.1, 0.2]);
    expect(solved(milstein, tableNoise(rows, 1))).toMatchObject({ strongOrder: 0.5 });
    expect(() => solved(milstein, tableNoise(rows, 1), true)).toThrow(/carries no Lévy areas/);
  });

  it("is not asked of a noise by a scheme that has no use for it", () => {
    const noise = { ...brownian(shape), area: () => expect.unreachable("no area is needed") };
    expect(solved(eulerMaruyama, noise)).toMatchObject({ strongOrder: 0.5 });
    expect(solved(heun, noise)).toMatchObject({ strongOrder: 0.5 });
  });

  it("is drawn without being asked for up to 1024 channels", () => {
    expect(brownian({ ...shape, channels: MOST_CHANNELS }).area).toBeDefined();
    expect(brownian({ ...shape, channels: MOST_CHANNELS + 1 }).area).toBeUndefined();
    expect(drawsArea("auto", true, MOST_CHANNELS, 8)).toBe(true);
    expect(drawsArea("auto", true, MOST_CHANNELS + 1, 8)).toBe(false);
    expect(drawsArea("full", true, MOST_CHANNELS + 1, 8)).toBe(true);
    expect(drawsArea("full", false, MOST_CHANNELS + 1, 8)).toBe(false);
    expect(drawsArea("none", true, 2, 8)).toBe(false);
    expect(() => drawsArea("full", true, 2 ** 15, 8)).toThrow(
      /"full" would take 48 GiB of memory for areas of 32768 x 32768 channels/,
    );
    expect(8 * MOST_CHANNELS ** 2).toBeLessThan(MOST_BYTES);
  });

  it("is said of solutions path by path as well", () => {
    const solve = pathwise({
      model: sphericalBrownian(3),
      scheme: milstein,
      initial,
      noise: pathNoise({ seed: "area", channels: 3, horizon: 1, steps: 8, area: null }),
    });
    solve(4, 0);
    expect(solve.diagnostics()).toMatchObject({ strongOrder: 0.5 });
    const { notes } = studyStrong({ solve, levels: [2, 4, 8], paths: 2 });
    expect(notes[0]).toMatch(/no Lévy area is used: strong order 1\/2/);
  });

  it("is given to a density by its flow, and missed aloud", () => {
    const model = gaussianAttention({
      dimension: 2,
      beta: 1,
      sigmaV: 0.7,
      atoms: [Float64Array.of(1, 0.3, 0, 1)],
    });
    const density = (x: Float64Array, o: number): number => (1 + 0.5 * x[o]) / (2 * Math.PI);
    const run = (scheme: "euler-maruyama" | "flow" | "milstein", area: "auto" | "none") => {
      const evolution = fokkerPlanck({ model, transform: planCircle({ lmax: 10 }), density, scheme });
      const noise = brownian({ ...shape, channels: 4, horizon: 0.1 });
      simulate({ evolution, noise, steps: 8, area });
      return { coefficients: evolution.coefficients.slice(), ...evolution.diagnostics() };
    };
    const flow = run("flow", "auto");
    expect(flow).toMatchObject({ scheme: "flow", strongOrder: 1 });
    expect(run("milstein", "auto")).toEqual(flow);
    const without = run("flow", "none");
    expect(without).toMatchObject({
      strongOrder: 0.5,
      note: expect.stringMatching(/no Lévy area/) as string,
    });
    expect(without.coefficients).not.toEqual(flow.coefficients);
    expect(run("euler-maruyama", "auto")).toMatchObject({ scheme: "euler-maruyama", strongOrder: 0.5 });
  });
});

describe("noise that is redrawn every step", () => {
  const model = gaussianAttention({
    dimension: 3,
    beta: 1,
    sigmaV: 0.5,
    atoms: { count: 1, redraw: (path, step) => drawAtoms("redrawn", 1, 3, 0.5, path, step + 1) },
  });

  it.each([milstein, logOde, heun, eulerMaruyama])(
    "has no strong order and no use for areas: $name",
    (scheme) => {
      const drawn = brownian({ ...shape, channels: 9 });
      const noise = { ...drawn, area: () => expect.unreachable("no area is needed") };
      const evolution = particles({ model, scheme, initial });
      simulate({ evolution, noise, steps: 8 });
      expect(evolution.diagnostics()).toMatchObject({ scheme: scheme.name, strongOrder: 0 });
      expect(evolution.diagnostics().note).toMatch(/right in law only, with no strong order/);
      expect(wantsArea(scheme, model, initial)).toBe(false);
    },
  );

  it("is so in part of a sum of models, too", () => {
    const still = sphericalBrownian(3);
    expect(superpose("both", { ...still, calculus: model.calculus }, model).redrawn).toBe(true);
    expect(superpose("both", still, still).redrawn).toBeUndefined();
  });
});

describe("orders", () => {
  it("depend on the area only where the fields do not commute, and Heun's has no use for it", () => {
    const [yes, no] = [() => true, () => false];
    for (const scheme of [milstein, logOde]) {
      expect(orderOf(scheme, yes, false)).toBe(1);
      expect(orderOf(scheme, no, false)).toBe(0.5);
      expect(orderOf(scheme, no, true)).toBe(1);
    }
    expect(orderOf(heun, yes, false)).toBe(1);
    expect(orderOf(heun, no, true)).toBe(0.5);
    expect(orderOf(eulerMaruyama, yes, true)).toBe(0.5);
    expect(needsArea({ scheme: heun, commuting: no })).toBe(false);
    expect(needsArea({})).toBe(false);
  });
});

describe("commutes", () => {
  const turns = [
    [0, 0, 0, 0, 0, -1, 0, 1, 0],
    [0, 0, 1, 0, 0, 0, -1, 0, 0],
  ].map((entries) => ({ matrix: Float64Array.from(entries) }));

  it("looks beside a place at which all fields vanish", () => {
    // Rotations about two axes leave the origin where it is; there no bracket can be seen.
    const model = affine({ name: "turns", dimension: 3, noise: turns });
    expect(commutes(model, wrap(new Float64Array(3), 3))).toBe(false);
    const alone = affine({ name: "turn", dimension: 3, noise: [turns[0], turns[0]] });
    expect(commutes(alone, wrap(new Float64Array(3), 3))).toBe(true);
  });
});
