import { describe, expect, it } from "vitest";
import { SCHEME_ALIASES, SCHEME_NAMES } from "../../src/config/catalog/solvers/scheme.js";
import { INITIALS, MODELS, SOLVERS } from "../../src/config/entries.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers } from "../../src/experiments/run.js";

/** A configuration that runs, with one entry's example in its place. */
const base = {
  model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 1 },
  initial: { kind: "vmf", tokens: 4, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
  solver: { kind: "particles", horizon: 0.1, steps: 2 },
  observe: ["mean-overlap"],
};
const ran = (part: object) => runNumbers(parseConfig({ ...base, ...part }));

describe("the catalog", () => {
  it.each(MODELS.map((entry) => [entry.name, entry] as const))(
    "runs the example of model %s",
    (name, entry) => {
      const d = entry.example.dimension as number;
      const points = Array.from({ length: 3 }, (_, i) =>
        Array.from({ length: d }, (_, a) => (a === i % d ? 1 : 0)),
      );
      const { diagnostics, stopped } = ran({ model: entry.example, initial: { kind: "points", points } });
      expect(stopped).toBeUndefined();
      expect(diagnostics.model).toBe(name);
    },
  );

  it.each(INITIALS.map((entry) => [entry.kind, entry] as const))(
    "runs the example of initial law %s",
    (_kind, entry) => {
      const { stopped, final } = ran({ initial: entry.example });
      expect(stopped).toBeUndefined();
      expect(final!.points!.length).toBeGreaterThan(1);
    },
  );

  it.each(SOLVERS.map((entry) => [entry.kind, entry] as const))(
    "runs the example of solver %s",
    (kind, entry) => {
      const { stopped, diagnostics } = ran({ solver: entry.example });
      expect(stopped).toBeUndefined();
      expect(diagnostics.solver).toBe(kind);
    },
  );

  it.each(SCHEME_NAMES)("runs scheme %s", (scheme) => {
    expect(ran({ solver: { ...base.solver, scheme } }).diagnostics.scheme).toBe(scheme);
  });

  it("names every entry once", () => {
    for (const names of [
      MODELS.map(({ name }) => name),
      INITIALS.map(({ kind }) => kind),
      SOLVERS.map(({ kind }) => kind),
      [...SCHEME_NAMES, ...Object.keys(SCHEME_ALIASES)],
    ])
      expect(new Set(names).size).toBe(names.length);
  });

  it("knows schemes by their other names, and writes the one name down", () => {
    const solver = (given: object) => parseConfig({ ...base, solver: given }).solver;
    expect(solver({ ...base.solver, scheme: "flow" })).toMatchObject({ scheme: "log-ode" });
    const density = { kind: "density", lmax: 4, horizon: 0.1, steps: 2 };
    expect(solver(density)).toMatchObject({ scheme: "flow", area: "auto" });
    for (const scheme of ["milstein", "log-ode", "flow"]) {
      expect(solver({ ...density, scheme })).toMatchObject({ scheme: "flow" });
    }
    expect(() => solver({ ...density, scheme: "heun" })).toThrow(
      'solver.scheme: want "euler-maruyama" or "flow"',
    );
    expect(() => solver({ ...base.solver, scheme: "constructor" })).toThrow(/^solver\.scheme: want/);
  });
});

describe("the area of a configuration", () => {
  const milstein = { ...base.solver, scheme: "milstein" };
  const wide = { ...base.model, dimension: 8, atoms: 17 };
  const tokens = { kind: "uniform", tokens: 3 };

  it("is drawn by default up to 1024 channels, and beyond them the order is said", () => {
    expect(ran({ solver: milstein }).diagnostics).toMatchObject({
      channels: 9,
      strongOrder: 1,
      area: "mrongowius-roessler",
    });
    const beyond = ran({ solver: milstein, model: wide, initial: tokens }).diagnostics;
    expect(beyond).toMatchObject({ channels: 1088, strongOrder: 0.5, area: "none" });
    expect(beyond.note).toMatch(/strong order 1\/2/);
  });

  it("is refused with the memory it would take where it is insisted on", () => {
    const huge = { ...base.model, dimension: 64, atoms: 8 };
    expect(() => ran({ solver: { ...milstein, area: "full" }, model: huge, initial: tokens })).toThrow(
      /^solver\.area: "full" would take 32 GiB of memory for areas of 32768 x 32768 channels/,
    );
  });

  it("is left out with a table that has none, unless it is insisted on", () => {
    const increments = [
      Array.from({ length: 9 }, (_, k) => 0.1 * Math.cos(k)),
      new Array<number>(9).fill(0.05),
    ];
    const table = { kind: "table", increments };
    const without = ran({ solver: milstein, noise: table }).diagnostics;
    expect(without).toMatchObject({ strongOrder: 0.5, area: "none" });
    expect(without.note).toMatch(/no Lévy area/);
    expect(() => ran({ solver: { ...milstein, area: "full" }, noise: table })).toThrow(
      /^solver\.area: "full" needs the Lévy area of every step; give noise\.areas/,
    );
    const areas = increments.map(() => new Array<number>(81).fill(0));
    expect(ran({ solver: milstein, noise: { ...table, areas } }).diagnostics).toMatchObject({
      strongOrder: 1,
      area: "given",
    });
  });

  it("cannot help Heun, whose order is said", () => {
    expect(ran({ solver: { ...base.solver, scheme: "heun" } }).diagnostics).toMatchObject({
      strongOrder: 0.5,
      commuting: false,
      area: "none",
    });
  });
});
