import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { environment, manifest, packageFacts } from "../../src/io/manifest.js";
import { decodeNpz } from "../../src/io/npz.js";
import { observablesCsv, runJson, type RunRecord, writeRun } from "../../src/io/run-record.js";
import { picture } from "../../src/plots/svg.js";

const record = (extra: Partial<RunRecord> = {}): RunRecord => ({
  result: {
    observables: { overlap: { time: [0, 0.5], mean: Float64Array.of(0.1, 0.25), stderr: [0, 0.01] } },
    diagnostics: { mass: 1, tail: [1, 1e-9] },
    manifest: manifest({ config: { steps: 4 }, seed: "s", scheme: "milstein" }),
  },
  environment: environment(new Date(0), new Date(1500)),
  ...extra,
});

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "commonnoise-test-"));
});
afterEach(() => rm(directory, { recursive: true }));

describe("manifest", () => {
  it("names this package, and keeps the clock and the machine out of the result", () => {
    expect(packageFacts().name).toBe("commonnoise");
    expect(packageFacts().version).toMatch(/^\d+\.\d+\.\d+/);
    const text = runJson(record().result);
    expect(text).not.toContain(process.version);
    expect(text).not.toContain("started");
    expect(record().environment).toEqual({
      node: process.version,
      platform: expect.stringContaining(process.platform),
      started: "1970-01-01T00:00:00.000Z",
      seconds: 1.5,
    });
  });
});

describe("run record", () => {
  it("writes everything a run leaves behind", async () => {
    const run = join(directory, "deep", "run");
    const state = { points: { shape: [1, 2], data: Float64Array.of(0.6, 0.8) } };
    const plots = { overlap: picture(40, 30, "overlap") };
    const { files, remarks } = await writeRun(
      run,
      record({ state, plots, texts: { "report.html": "<!doctype html>" } }),
    );
    const present = (await readdir(run)).sort();
    expect(present).toEqual([...files].sort());
    expect(remarks.length).toBe(files.includes("overlap.png") ? 0 : 1);
    expect(JSON.parse(await readFile(join(run, "run.json"), "utf8"))).toMatchObject({
      observables: { overlap: { mean: [0.1, 0.25] } },
      manifest: { seed: "s", config: { steps: 4 } },
    });
    expect(await readFile(join(run, "observables.csv"), "utf8")).toBe(
      "time,overlap,overlap stderr\n0,0.1,0\n0.5,0.25,0.01\n",
    );
    expect(decodeNpz(await readFile(join(run, "state.npz")))).toEqual(state);
    expect(JSON.parse(await readFile(join(run, "manifest.json"), "utf8"))).toMatchObject({
      environment: { started: "1970-01-01T00:00:00.000Z" },
      files,
    });
  });

  it("replaces an earlier run, with nothing of it left, and keeps files that are not its own", async () => {
    await writeRun(directory, record({ texts: { "old.txt": "old" } }));
    await writeFile(join(directory, "mine.txt"), "mine");
    await writeRun(directory, record());
    expect((await readdir(directory)).sort()).toEqual([
      "manifest.json",
      "mine.txt",
      "observables.csv",
      "run.json",
    ]);
  });

  it.each([
    ["a stranger's file", "thesis.tex", "\\section{}"],
    ["a stranger's manifest", "manifest.json", '{"package":{"name":"other"},"files":["thesis.tex"]}'],
    ["a manifest that is not JSON", "manifest.json", "{"],
  ])("refuses a directory with %s, and touches nothing", async (_, name, content) => {
    await writeFile(join(directory, name), content);
    await expect(writeRun(directory, record())).rejects.toThrow(
      "is not empty and is not a commonnoise run directory",
    );
    expect(await readdir(directory)).toEqual([name]);
    expect(await readFile(join(directory, name), "utf8")).toBe(content);
  });

  it("never follows a listed name out of the directory", async () => {
    const outside = `${directory}-outside.txt`;
    await writeFile(outside, "precious");
    const listed = [`../${outside.split("/").at(-1)}`, outside];
    await writeFile(
      join(directory, "manifest.json"),
      JSON.stringify({ package: { name: "commonnoise" }, files: listed }),
    );
    await writeRun(directory, record());
    expect(await readFile(outside, "utf8")).toBe("precious");
    await rm(outside);
    await expect(writeRun(directory, record({ texts: { "../x": "" } }))).rejects.toThrow(
      "not a plain file name",
    );
  });

  it("writes nothing at all when a number is not finite", async () => {
    const bad = record();
    const result = { ...bad.result, diagnostics: { mass: NaN } };
    await expect(writeRun(directory, { ...bad, result })).rejects.toThrow("$.diagnostics.mass: NaN");
    expect(await readdir(directory)).toEqual([]);
  });

  it("a table of observables needs common times", () => {
    const series = { time: [0, 1], mean: [0, 0], stderr: [0, 0] };
    expect(() => observablesCsv({ a: series, b: { ...series, time: [0, 2] } })).toThrow(
      "observables.b.time: differs",
    );
    expect(observablesCsv({})).toBe("time\n");
  });
});
