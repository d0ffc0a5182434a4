import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkSize, estimate } from "../../src/config/estimate.js";
import { parseConfig } from "../../src/config/parse-config.js";
import { planTransform } from "../../src/spectral/plan-transform.js";
import { transformSize } from "../../src/config/catalog/solvers/transform-size.js";
import type { Task } from "../../src/config/task-sizes.js";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

const rotation = { name: "rotation", dimension: 3 };
const attention = { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.5, atoms: 2 };
const few = { kind: "uniform", tokens: 4 };
const solver = { kind: "particles", horizon: 1, steps: 8 };
const base = { model: rotation, initial: few, solver };
const homogenized = {
  name: "homogenized",
  dimension: 3,
  beta: 1,
  heads: { law: "gaussian", sigmaA: 0.5 },
  clock: { eta: 0.05, heads: 4 },
};
const broad = { ...homogenized.heads, perceptron: { width: 2 ** 31, sigma: { W2: 1, W1: 1, b: 1 } } };
const transformers = {
  ...base,
  model: attention,
  solver: { kind: "transformer", heads: 1, eta: 1, layers: 8 },
};
const layers = {
  ...base,
  model: homogenized,
  solver: { kind: "transformer", heads: 4, eta: 0.05, layers: 8 },
};

describe("a size", () => {
  const refused: [string, Task, object, RegExp][] = [
    [
      "tokens",
      "run",
      { ...base, initial: { kind: "uniform", tokens: 2 ** 31 } },
      /^initial\.tokens: makes this run take about [\d.]+ TiB of memory, \d+ GiB of it for the points/,
    ],
    [
      "a simplex",
      "run",
      { ...base, initial: { kind: "simplex", tokens: 2 ** 31, overlap: 1 } },
      /^initial\.tokens: /,
    ],
    [
      "steps",
      "run",
      { ...base, solver: { ...solver, steps: 2 ** 31 } },
      /^solver\.steps: .* of it for the observables over time/,
    ],
    [
      "steps that are not observed",
      "run",
      { ...base, solver: { ...solver, steps: 2 ** 31, every: 2 ** 31 }, ensemble: { paths: 2 ** 20 } },
      /^solver\.steps: makes this run take about \de\+\d+ operations \(.* years\)/,
    ],
    [
      "paths",
      "run",
      {
        ...base,
        model: attention,
        ensemble: { paths: 2 ** 31 },
        solver: { ...solver, steps: 4096, every: 4096 },
      },
      /^ensemble\.paths: .* operations/,
    ],
    [
      "matrices",
      "run",
      { ...base, model: { ...attention, dimension: 4096, atoms: 1e6 } },
      /^model\.dimension: .* EiB|PiB|TiB/,
    ],
    [
      "atoms",
      "run",
      { ...base, model: { ...attention, atoms: 2e7 }, solver: { ...solver, area: "none" } },
      /^model\.atoms: /,
    ],
    [
      "heads",
      "run",
      { ...base, model: attention, solver: { kind: "transformer", heads: 2 ** 31, eta: 1, layers: 1 } },
      /^solver\.heads: /,
    ],
    [
      "areas",
      "run",
      {
        ...base,
        model: { ...attention, dimension: 32, atoms: 40 },
        solver: { ...solver, scheme: "milstein", area: "full" },
      },
      /^solver\.area: .* for the Lévy areas of a path/,
    ],
    [
      "pairs of tokens",
      "run",
      {
        ...base,
        model: { ...attention, dimension: 8 },
        initial: { kind: "uniform", tokens: 1e6 },
        solver: { ...solver, steps: 100 },
      },
      /^initial\.tokens: .* operations/,
    ],
    [
      "observables",
      "run",
      {
        ...base,
        observe: Array.from({ length: 1e4 }, (_, i) => `clusters:0.${i}`),
        solver: { ...solver, steps: 1000 },
      },
      /^observe: /,
    ],
    [
      "substeps",
      "run",
      { ...base, solver: { ...solver, scheme: "log-ode", substeps: 2 ** 31, steps: 1e5 } },
      /: makes this run take .* operations/,
    ],
    [
      "levels",
      "study strong",
      { ...base, study: { levels: [1, 2 ** 31], reference: "finest" } },
      /^study\.levels: .* for the increments of a path/,
    ],
    [
      "levels of a weak study",
      "study weak",
      { ...base, study: { levels: [1, 2 ** 24] } },
      /^study\.levels: /,
    ],
    [
      "paths of a study",
      "study weak",
      { ...base, study: { levels: [1, 2], paths: 2 ** 31 } },
      /^study\.paths: .* for the errors of all paths/,
    ],
    [
      "clouds",
      "study propagation-of-chaos",
      { ...base, study: { levels: [4, 2 ** 31] } },
      /^study\.levels: /,
    ],
    [
      "layers",
      "study transformer",
      { ...transformers, study: { levels: [4, 2 ** 31], paths: 1e5 } },
      /^study\.levels: .* operations/,
    ],
    [
      "the reference of transformers",
      "study transformer",
      { ...transformers, study: { levels: [4, 8], paths: 1e5, referenceSteps: 2 ** 31 } },
      /^study\.referenceSteps: .* operations/,
    ],
    [
      "the reference of transformers with an equation for each depth",
      "study transformer",
      { ...layers, study: { levels: [4, 8], paths: 1e5, referenceSteps: 2 ** 31 } },
      /^study\.referenceSteps: .* operations/,
    ],
    [
      "a reference",
      "study strong",
      { ...base, study: { levels: [1, 2], referenceSteps: 2 ** 31 } },
      /^study\.referenceSteps: .* for the increments of a path/,
    ],
    [
      "a grid finer than a study's own",
      "study strong",
      { ...base, solver: { ...solver, finest: 2 ** 31 }, study: { levels: [4, 8, 16], reference: "finest" } },
      /^solver\.finest: .* for the increments of a path/,
    ],
    [
      "steps of a limit law",
      "study propagation-of-chaos",
      { ...base, solver: { ...solver, steps: 2 ** 31, every: 2 ** 31 }, study: { levels: [4, 8] } },
      /^solver\.steps: .* for the increments of a path/,
    ],
    [
      "a perceptron",
      "run",
      { ...layers, solver, model: { ...homogenized, heads: broad } },
      /^model\.heads\.perceptron\.width: .* for the matrices of the heads/,
    ],
    [
      "a perceptron in layers",
      "run",
      { ...layers, model: { ...homogenized, heads: broad } },
      /^model\.heads\.perceptron\.width: .* for the perceptrons of the heads/,
    ],
    [
      "steps that characteristics would go over again",
      "run",
      {
        ...base,
        model: { ...attention, atoms: 6 },
        solver: {
          kind: "density",
          lmax: 4,
          horizon: 1,
          steps: 1e5,
          every: 1e5,
          onUnresolved: "characteristics",
        },
      },
      /^solver\.onUnresolved: .* for the noise of the steps taken so far/,
    ],
    ["an agreement", "agree", { ...base, agree: { tokens: [4, 8, 2 ** 31] } }, /^agree\.tokens: /],
    [
      "transformers of an agreement",
      "agree",
      {
        ...base,
        model: attention,
        agree: { transformer: { tokens: 4, heads: 2 ** 31, layers: 4, paths: 4 } },
      },
      /^agree\.transformer\.heads: /,
    ],
    [
      "homogenized transformers of an agreement",
      "agree",
      {
        ...layers,
        solver: { ...solver, horizon: 0.4 },
        agree: { transformer: { tokens: 2 ** 31, heads: 4, layers: 4, paths: 4 } },
      },
      /^agree\.transformer\.tokens: /,
    ],
    [
      "layers of an agreement, as many as their clock has",
      "agree",
      { ...layers, solver, model: { ...homogenized, clock: { eta: 2 ** -60, heads: 4 } } },
      /^model\.clock\.eta: .* operations/,
    ],
  ];
  it.each(refused)("of %s is refused at once, with its number and its key", (_, task, given, sentence) => {
    const config = parseConfig(given);
    const started = performance.now();
    expect(() => checkSize(config, task)).toThrow(sentence);
    expect(() => checkSize(config, task)).toThrow(/; want at most .*, or --yes$/);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it("of what people do is not refused", () => {
    const density = { kind: "density", lmax: 127, horizon: 1, steps: 1000 };
    const taken: [Task, object][] = [
      ["run", base],
      [
        "run",
        {
          ...base,
          model: attention,
          initial: { kind: "uniform", tokens: 1e5 },
          solver: { ...solver, steps: 1000, every: 10 },
        },
      ],
      ["run", { ...base, ensemble: { paths: 1e6 }, solver: { ...solver, steps: 1000 } }],
      [
        "run",
        { ...base, model: { ...attention, tolerance: 1e-9 }, initial: { kind: "uniform" }, solver: density },
      ],
      ["run", { ...base, solver: { ...solver, steps: 1e6 } }],
      ["agree", { ...base, model: attention, solver: { ...density, steps: 128 } }],
      [
        "study strong",
        {
          ...base,
          model: attention,
          solver: { ...solver, scheme: "milstein" },
          study: { levels: [64, 128, 4096], paths: 1e4 },
        },
      ],
    ];
    for (const [task, given] of taken) expect(() => checkSize(parseConfig(given), task)).not.toThrow();
  });

  it("grows with each of its numbers", () => {
    const bytes = (change: object) => estimate(parseConfig({ ...base, ...change }), "run").bytes;
    const more = (change: object) => estimate(parseConfig({ ...base, ...change }), "run").operations;
    expect(bytes({ initial: { kind: "uniform", tokens: 1e6 } })).toBeGreaterThan(bytes({}));
    expect(bytes({ solver: { ...solver, steps: 1e6 } })).toBeGreaterThan(bytes({}));
    expect(more({ ensemble: { paths: 10 } }) / more({})).toBeCloseTo(10, 6);
    expect(more({ solver: { ...solver, steps: 80 } })).toBeGreaterThan(9 * more({}));
    expect(more({ observe: ["clusters"], initial: { kind: "uniform", tokens: 1000 } })).toBeGreaterThan(
      more({ initial: { kind: "uniform", tokens: 1000 } }),
    );
  });

  it("of a transform has the nodes that it will have", () => {
    for (const [d, lmax] of [
      [2, 1],
      [2, 20],
      [2, 85],
      [3, 1],
      [3, 7],
      [3, 21],
      [3, 63],
    ] as const)
      expect(transformSize(d, lmax).count).toBe(planTransform(d, lmax).count);
  });
});

describe("the memory of a run", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "commonnoise-size-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Highest resident bytes of a process, as Linux tells them at its end. */
  const measured = (config: object): number => {
    const path = join(folder, "config.json");
    writeFileSync(path, JSON.stringify(config));
    const tell = `data:text/javascript,import{readFileSync}from"node:fs";process.on("exit",()=>process.stderr.write(/VmHWM.*/.exec(readFileSync("/proc/self/status","utf8"))[0]+"\\n"))`;
    const { stderr, status } = spawnSync(process.execPath, ["--import", tell, cli, "run", path, "--json"], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    expect(status).toBe(0);
    return Math.max(...[...stderr.matchAll(/VmHWM:\s+(\d+) kB/g)].map(([, kB]) => 1024 * Number(kB)));
  };

  const cases: [string, object][] = [
    [
      "many tokens",
      { ...base, initial: { kind: "uniform", tokens: 200_000 }, solver: { ...solver, steps: 1 } },
    ],
    ["many steps", { ...base, solver: { ...solver, steps: 300_000 } }],
  ];
  it.skipIf(!existsSync("/proc/self/status")).each(cases)(
    "with %s is estimated within a factor of three",
    (_, given) => {
      const { bytes } = estimate(parseConfig(given), "run");
      const used = measured(given);
      expect(bytes).toBeGreaterThan(used / 3);
      expect(bytes).toBeLessThan(used * 3);
      // More than the program alone, of which the factor would hold in any case.
      expect(used).toBeGreaterThan(150e6);
    },
  );
});
