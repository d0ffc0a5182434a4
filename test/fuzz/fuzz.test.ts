import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/config/contract/config-error.js";
import { checkSize, estimate } from "../../src/config/estimate.js";
import { parseConfig } from "../../src/config/parse-config.js";
import type { Task } from "../../src/config/task-sizes.js";
import { mutate } from "./mutate.js";
import { BASE, SEEDS } from "./seeds.js";

const folder = new URL("../../examples/", import.meta.url);
const seeds: readonly object[] = [
  ...SEEDS,
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
    const before = structuredClone(BASE);
    expect(mutate(BASE, "a")).toEqual(mutate(BASE, "a"));
    expect(mutate(BASE, "a")).not.toEqual(mutate(BASE, "b"));
    expect(BASE).toEqual(before);
  });
});
