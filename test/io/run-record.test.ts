import { describe, expect, it } from "vitest";
import { kernelChoice } from "../../src/kernels/choice.js";
import { environment, identity } from "../../src/io/manifest.js";
import { packageFacts } from "../../src/io/package-facts.js";
import { decodeNpz } from "../../src/io/npz.js";
import { observablesCsv, resultFiles, runJson, type RunRecord } from "../../src/io/run-record.js";
import { picture, type Svg } from "../../src/plots/svg.js";

const record = (extra: Partial<RunRecord> = {}): RunRecord => ({
  result: {
    observables: { overlap: { time: [0, 0.5], mean: Float64Array.of(0.1, 0.25), stderr: [0, 0.01] } },
    diagnostics: { mass: 1, tail: [1, 1e-9] },
    manifest: { ...identity({ command: "run", config: { steps: 4 }, seed: "s" }), scheme: "milstein" },
  },
  environment: environment(new Date(0), new Date(1500)),
  ...extra,
});

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
      kernels: kernelChoice(),
      started: "1970-01-01T00:00:00.000Z",
      seconds: 1.5,
    });
  });
});

describe("run record", () => {
  const state = { points: { shape: [1, 2], data: Float64Array.of(0.6, 0.8) } };

  it("holds everything a run leaves behind, the manifest first and run.json last", async () => {
    const plots = { overlap: () => picture(40, 30, "overlap") };
    const { files, remarks } = await resultFiles(
      record({ state, plots, texts: { "report.html": "<!doctype html>" } }),
    );
    const names = [...files.keys()];
    expect(names[0]).toBe("manifest.json");
    expect(names.at(-1)).toBe("run.json");
    expect(remarks.length).toBe(names.includes("overlap.png") ? 0 : 1);
    expect(JSON.parse(String(files.get("run.json")))).toMatchObject({
      observables: { overlap: { mean: [0.1, 0.25] } },
      manifest: { seed: "s", config: { steps: 4 } },
    });
    expect(decodeNpz(files.get("state.npz") as Uint8Array)).toEqual(state);
    expect(JSON.parse(String(files.get("manifest.json")))).toMatchObject({
      environment: { started: "1970-01-01T00:00:00.000Z" },
      files: names,
    });
    expect(observablesCsv(record().result.observables)).toBe(
      "time,overlap,overlap stderr\n0,0.1,0\n0.5,0.25,0.01\n",
    );
  });

  it("keeps the numbers when a picture cannot be drawn", async () => {
    const plots = {
      overlap: (): Svg => {
        throw new RangeError("0 on a logarithmic axis");
      },
    };
    const { files, remarks } = await resultFiles(record({ plots }));
    expect([...files.keys()]).toEqual(["manifest.json", "run.json"]);
    expect(remarks).toEqual(["overlap.svg was not drawn: 0 on a logarithmic axis."]);
  });

  it("refuses names that lead out of the directory, and numbers that are not finite", async () => {
    for (const name of ["../x", "a/b", ".hidden", "lock.json"]) {
      await expect(resultFiles(record({ texts: { [name]: "" } }))).rejects.toThrow("not a plain file name");
    }
    const bad = record();
    const result = { ...bad.result, diagnostics: { mass: NaN } };
    await expect(resultFiles({ ...bad, result })).rejects.toThrow("$.diagnostics.mass: NaN");
  });

  it("a table of observables needs common times", () => {
    const series = { time: [0, 1], mean: [0, 0], stderr: [0, 0] };
    expect(() => observablesCsv({ a: series, b: { ...series, time: [0, 2] } })).toThrow(
      "observables.b.time: differs",
    );
    expect(observablesCsv({})).toBe("time\n");
  });
});
