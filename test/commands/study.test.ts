import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StudyKind, StudyReport } from "../../src/experiments/study/report.js";
import { call } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-study-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const model = { name: "rotation", dimension: 3 };
const base = {
  model,
  initial: { kind: "uniform", tokens: 4 },
  solver: { kind: "particles", scheme: "milstein", horizon: 0.25, steps: 8 },
  ensemble: { seed: "study command" },
};

const write = (content: unknown): string => {
  const path = join(folder, "config.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
};

/** What the program prints of a study that comes to its end. */
const print = (kind: StudyKind, path: string, ...flags: string[]): string => {
  const { status, stdout, stderr } = call("study", kind, path, ...flags);
  expect(status, stderr).toBe(0);
  return stdout;
};

const example = (kind: StudyKind): string =>
  fileURLToPath(new URL(`../../examples/study-${kind}.json`, import.meta.url));

/** An example with fewer paths and levels. */
const shortened = (kind: StudyKind, paths: number, levels: number): string => {
  const config = JSON.parse(readFileSync(example(kind), "utf8")) as { study: { levels: number[] } };
  return write({
    ...config,
    study: { ...config.study, paths, levels: config.study.levels.slice(0, levels) },
  });
};

describe("commonnoise study", () => {
  it.each([
    ["strong", "steps"],
    ["weak", "steps"],
    ["propagation-of-chaos", "tokens"],
    ["transformer", "steps"],
  ] as const)("%s: prints one object, the same bytes every time", (kind, unit) => {
    const path = shortened(kind, 8, 3);
    const text = print(kind, path, "--json");
    expect(print(kind, path, "--json")).toBe(text);
    const output = JSON.parse(text) as StudyReport & {
      manifest: { seed: string; config: { study: unknown } };
    };
    expect(output).toMatchObject({ study: kind, paths: 8, manifest: { config: { study: { paths: 8 } } } });
    for (const key of ["scheme", "reference", "quantity"] as const) expect(output[key]).toMatch(/\w/);
    expect(output.levels).toHaveLength(3);
    for (const level of output.levels) {
      expect(level[unit]).toBeGreaterThan(0);
      expect(level.interval![0]).toBeLessThanOrEqual(level.error);
      expect(level.error).toBeLessThanOrEqual(level.interval![1]);
      expect(level.work).toBeGreaterThan(0);
      expect(level).not.toHaveProperty("seconds");
    }
    expect(output).toHaveProperty("fit");
    if (output.fit) expect(output.fit.interval![0]).toBeLessThan(output.fit.slope);
  });

  it("writes a directory that prints the same object, with tables and pictures", () => {
    const out = join(folder, "out");
    const study = { levels: [4, 8, 16], paths: 20, reference: "exact" };
    const path = write({ ...base, observe: ["zonal:2", "zonal:1"], study });
    const text = print("weak", path, "--json", "--out", out);
    const present = readdirSync(out);
    for (const file of [
      "convergence.svg",
      "levels.csv",
      "manifest.json",
      "run.json",
      "times.csv",
      "work.svg",
    ])
      expect(present).toContain(file);
    expect(readFileSync(join(out, "run.json"), "utf8")).toBe(text);
    const rows = readFileSync(join(out, "levels.csv"), "utf8").trim().split("\n");
    expect(rows[0]).toBe(
      "observable,steps,error,low,high,localSlope,bias,standardError,resolved,paths,random numbers",
    );
    expect(rows.slice(1).map((row) => row.split(",")[0])).toEqual([
      ...["zonal:2", "zonal:2", "zonal:2"],
      ...["zonal:1", "zonal:1", "zonal:1"],
    ]);
    const again = print("weak", path, "--out", out);
    expect(again.match(/mean of zonal:\d/g)).toEqual(["mean of zonal:2", "mean of zonal:1"]);
    expect(readFileSync(join(out, "convergence.svg"), "utf8")).toContain("within the noise");
  });

  it("shows a table with the slope, its interval and local slopes; seconds only when asked for", () => {
    const path = write({ ...base, study: { levels: [4, 8, 16], paths: 20, reference: "finest" } });
    const text = print("strong", path);
    expect(text).toMatch(/^Scheme: milstein\. Reference: its own solution on 16 steps\. 20 paths\./);
    expect(text).toMatch(/steps +error +95% interval +local slope +random numbers +ms a path/);
    expect(text).toMatch(/Fitted slope: \d\.\d{3}, 95% interval \[[\d.]+, [\d.]+\]\./);
    expect(text).toMatch(/Note: the reference is the scheme's own/);
    const timed = JSON.parse(print("strong", path, "--json", "--timing")) as StudyReport;
    for (const level of timed.levels) expect(level).toHaveProperty("seconds");
  });

  it("says of one path before a stop that it has no interval, no Monte Carlo error and no slope", () => {
    const out = join(folder, "stopped");
    const path = write({
      model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 1 },
      initial: { kind: "vmf", components: [{ weight: 1, kappa: 2, mean: [1, 0] }] },
      solver: { kind: "density", scheme: "flow", lmax: 8, horizon: 0.5, steps: 8 },
      ensemble: { seed: "22" },
      observe: ["order-parameter"],
      study: { levels: [4, 8, 16], paths: 20, reference: "finest", degree: 2 },
    });
    const { status, stdout, stderr } = call("study", "weak", path, "--out", out);
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /^Stopped after 1 of 20 paths, in path 1 at level 16 at t = 0\.1875: the reference: the density has left/m,
    );
    expect(stdout).toContain(" 1 path. ");
    expect(stdout).toMatch(/^ +4 +0\.00309208 +none +none +88$/m);
    expect(stdout).toContain("No slope: fewer than two levels have an error above noise and rounding.\n");
    const rows = readFileSync(join(out, "levels.csv"), "utf8").trim().split("\n");
    expect(rows[0]).toBe(
      "observable,steps,error,low,high,localSlope,bias,standardError,resolved,paths,random numbers",
    );
    expect(rows[1]).toMatch(/^order-parameter,4,0\.00309\d+,,,,0\.00309\d+,,false,1,88$/);
  });

  it("ends with 2 and one sentence for a bad configuration", () => {
    const study = (kind: string, levels: readonly unknown[]) =>
      call("study", kind, write({ ...base, study: { levels } }), "--json");
    const bad = study("strong", [8, 16, 24]);
    expect([bad.status, bad.stdout]).toEqual([2, ""]);
    expect(bad.stderr).toMatch(/^study\.levels\[0\]: 8 is not the finest level 24 halved[^\n]*\.\n$/);
    expect(study("strong", [8, "x"]).stderr).toMatch(/^study\.levels\[1\]: want a finite number\.\n$/);
    expect(study("sideways", [8, 16]).status).toBe(2);
  });
});
