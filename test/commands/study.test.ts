import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { studyCommand, type StudyFlags } from "../../src/commands/study.js";
import type { StudyKind, StudyReport } from "../../src/experiments/study/report.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-study-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
});

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

const print = async (kind: StudyKind, path: string, flags: StudyFlags): Promise<string> => {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => (written.push(String(text)), true));
  expect(await studyCommand(kind, path, flags)).toBe(0);
  vi.restoreAllMocks();
  return written.join("");
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
  ] as const)("%s: prints one object, the same bytes every time", async (kind, unit) => {
    const path = shortened(kind, 8, 3);
    const text = await print(kind, path, { json: true });
    expect(await print(kind, path, { json: true })).toBe(text);
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

  it("writes a directory that prints the same object, with tables and pictures", async () => {
    const out = join(folder, "out");
    const study = { levels: [4, 8, 16], paths: 20, reference: "exact" };
    const path = write({ ...base, observe: ["zonal:1", "zonal:2"], study });
    const text = await print("weak", path, { json: true, out });
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
    expect(rows[0]).toBe("observable,steps,error,low,high,localSlope,bias,standardError,random numbers");
    expect(rows).toHaveLength(7);
    expect(readFileSync(join(out, "convergence.svg"), "utf8")).toContain("within the noise");
  });

  it("shows a table with the slope, its interval and local slopes; seconds only when asked for", async () => {
    const path = write({ ...base, study: { levels: [4, 8, 16], paths: 20, reference: "finest" } });
    const text = await print("strong", path, {});
    expect(text).toMatch(/^Scheme: milstein\. Reference: its own solution on 16 steps\. 20 paths\./);
    expect(text).toMatch(/steps +error +95% interval +local slope +random numbers +ms a path/);
    expect(text).toMatch(/Fitted slope: \d\.\d{3}, 95% interval \[[\d.]+, [\d.]+\]\./);
    expect(text).toMatch(/Note: the reference is the scheme's own/);
    const timed = JSON.parse(await print("strong", path, { json: true, timing: true })) as StudyReport;
    for (const level of timed.levels) expect(level).toHaveProperty("seconds");
  });

  it("ends with 2 and one sentence for a bad configuration", () => {
    const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));
    const call = (kind: string, study: unknown) =>
      spawnSync(process.execPath, [cli, "study", kind, write({ ...base, study }), "--json"], {
        encoding: "utf8",
      });
    const bad = call("strong", { levels: [8, 16, 24] });
    expect([bad.status, bad.stdout]).toEqual([2, ""]);
    expect(bad.stderr).toMatch(/^study\.levels\[0\]: 8 is not the finest level 24 halved[^\n]*\.\n$/);
    expect(call("strong", { levels: [8, "x"] }).stderr).toMatch(
      /^study\.levels\[1\]: want a finite number\.\n$/,
    );
    expect(call("sideways", { levels: [8, 16] }).status).toBe(2);
  });
});
