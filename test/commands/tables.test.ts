import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StudyReport } from "../../src/experiments/study/report.js";
import { readTable } from "../io/read-back.js";
import { call, resultIn } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-tables-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Observables with a comma in their names. */
const observe = ["overlap:0,1", "moment:2,0"];
const config = {
  model: { name: "rotation", dimension: 3 },
  initial: { kind: "uniform", tokens: 4 },
  solver: { kind: "particles", scheme: "milstein", horizon: 0.25, steps: 8 },
  ensemble: { seed: "tables" },
  observe,
};

/** Runs a command; every table it wrote, read back, and its result. */
function tablesOf(name: string, args: readonly string[], change: object) {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ ...config, ...change }));
  const out = join(folder, name);
  const { status, stderr } = call(...args, path, "--out", out);
  expect(status, stderr).toBe(0);
  const files = readdirSync(out).filter((file) => file.endsWith(".csv"));
  return {
    tables: Object.fromEntries(files.map((file) => [file, readTable(readFileSync(join(out, file), "utf8"))])),
    result: resultIn(out),
  };
}

const numbers = (cells: readonly string[]): number[] => cells.map(Number);

describe("tables, read back by another program", () => {
  it("of a run: one column an observable, commas in names and all, equal to the bit", () => {
    const { tables, result } = tablesOf("run", ["run"], { ensemble: { seed: "tables", paths: 3 } });
    const table = tables["observables.csv"];
    expect(Object.keys(table)).toEqual(["time", ...observe.flatMap((name) => [name, `${name} stderr`])]);
    const { observables } = result as unknown as {
      observables: Record<string, { time: number[]; mean: number[]; stderr: number[] }>;
    };
    for (const name of observe) {
      expect(numbers(table.time)).toEqual(observables[name].time);
      expect(numbers(table[name])).toEqual(observables[name].mean);
      expect(numbers(table[`${name} stderr`])).toEqual(observables[name].stderr);
    }
  });

  it.each(["strong", "weak"] as const)("of a %s study: levels and times", (kind) => {
    const reference = kind === "weak" ? "exact" : "finest";
    const observed = kind === "weak" ? { observe: ["zonal:1", "zonal:2"] } : {};
    const { tables, result } = tablesOf(kind, ["study", kind], {
      ...observed,
      study: { levels: [4, 8, 16], paths: 8, reference },
    });
    expect(Object.keys(tables)).toEqual(["levels.csv", "times.csv"]);
    const report = result as unknown as StudyReport;
    const levels = report.observables
      ? Object.entries(report.observables).flatMap(([name, curve]) =>
          curve.levels.map((level) => ({ name, ...level })),
        )
      : report.levels.map((level) => ({ name: undefined, ...level }));
    const table = tables["levels.csv"];
    expect(table.observable ?? []).toEqual(levels.flatMap(({ name }) => name ?? []));
    expect(numbers(table.steps)).toEqual(levels.map(({ steps }) => steps));
    expect(numbers(table.error)).toEqual(levels.map(({ error }) => error));
    expect(table.low).toEqual(levels.map(({ interval }) => String(interval?.[0] ?? "")));
    expect(table.high).toEqual(levels.map(({ interval }) => String(interval?.[1] ?? "")));
    expect(table.localSlope).toEqual(levels.map(({ localSlope }) => String(localSlope ?? "")));
    expect(table.resolved).toEqual(levels.map(({ resolved }) => String(resolved ?? "")));
    expect(numbers(table.paths)).toEqual(levels.map(() => report.paths));
    expect(numbers(table["random numbers"])).toEqual(levels.map(({ work }) => work));
    expect(Object.keys(tables["times.csv"])).toEqual(["steps", "seconds a path"]);
    expect(tables["times.csv"].steps).toHaveLength(report.levels.length);
  });
});
