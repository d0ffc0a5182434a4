import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/config/contract/config-error.js";
import { INITIALS, MODELS, SOLVERS } from "../../src/config/entries.js";
import { checkSize, estimate } from "../../src/config/estimate.js";
import { parseConfig } from "../../src/config/parse-config.js";
import type { Task } from "../../src/config/task-sizes.js";
import { mutate } from "./mutate.js";

const folder = new URL("../../examples/", import.meta.url);
const base = {
  model: { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.577, atoms: 2 },
  initial: { kind: "vmf", tokens: 4, components: [{ weight: 1, kappa: 2, mean: [0, 0, 1] }] },
  solver: { kind: "particles", scheme: "milstein", horizon: 1, steps: 8, area: "auto", kappa: 0.1 },
  noise: { kind: "brownian" },
  ensemble: { paths: 3, seed: "fuzz" },
  observe: ["overlap", "moment:1,0", "clusters:0.5"],
  agree: { tokens: [4, 8, 16], repetitions: 2, transformer: { tokens: 2, heads: 1, layers: 2, paths: 2 } },
  study: { levels: [4, 8, 16], paths: 10, reference: "finest", distance: "auto" },
};
const table = {
  model: { name: "rotation", dimension: 2 },
  initial: {
    kind: "points",
    points: [
      [1, 0],
      [0, 1],
    ],
    weights: [0.5, 0.5],
  },
  solver: { kind: "particles", horizon: 1, steps: 2 },
  noise: { kind: "table", increments: [[0.1], [0.2]], areas: [[0], [0]] },
};
const seeds: object[] = [
  base,
  table,
  ...MODELS.map(({ example }) => ({ ...base, model: example })),
  ...INITIALS.map(({ example }) => ({ ...base, initial: example })),
  ...SOLVERS.map(({ example }) => ({ ...base, solver: example })),
  ...readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as object),
];
const TASKS: Task[] = [
  "run",
  "agree",
  "study strong",
  "study weak",
  "study propagation-of-chaos",
  "study transformer",
];

/** What came of a configuration; anything but a configuration or a ConfigError with paths fails. */
function outcome(config: unknown): "taken" | "refused" {
  try {
    const parsed = parseConfig(config as object);
    for (const task of TASKS) {
      const { bytes, operations, largest, longest } = estimate(parsed, task);
      for (const number of [bytes, operations, largest.bytes, longest.operations]) {
        expect(number).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(number)).toBe(true);
      }
      try {
        checkSize(parsed, task);
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    }
    // What is taken is taken again, as it is written down.
    const text = JSON.stringify(parsed);
    expect(JSON.stringify(parseConfig(text))).toBe(text);
    return "taken";
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.faults.length).toBeGreaterThan(0);
    for (const { path, message } of error.faults) {
      expect(path).toMatch(/^\S/);
      expect(message.length).toBeGreaterThan(5);

      expect(`${path}: ${message}`).not.toMatch(/[\u0000-\u001f\u2028]|undefined|\[object/);
      expect(`${path}: ${message}`.length).toBeLessThan(700);
    }
    const paths = error.faults.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    return "refused";
  }
}

describe("a spoiled configuration", () => {
  it("is a configuration, or refused with the paths of its faults", () => {
    const tally = { taken: 0, refused: 0 };
    for (let i = 0; i < 1000; i++) {
      const config = mutate(seeds[i % seeds.length], `fuzz ${i}`);
      try {
        tally[outcome(config)]++;
      } catch (error) {
        throw new Error(`fuzz ${i}: ${JSON.stringify(config)}`, { cause: error });
      }
    }
    expect(tally.taken).toBeGreaterThan(50);
    expect(tally.refused).toBeGreaterThan(500);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("is the same for the same seed, and leaves what it was made of alone", () => {
    const before = structuredClone(base);
    expect(mutate(base, "a")).toEqual(mutate(base, "a"));
    expect(mutate(base, "a")).not.toEqual(mutate(base, "b"));
    expect(base).toEqual(before);
  });
});
