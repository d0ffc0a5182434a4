import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, interruptMidway, resultIn } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-workers-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const attention = { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 };
const bump = { kind: "vmf", tokens: 6, components: [{ weight: 1, kappa: 1, mean: [1, 0] }] };
const solver = { kind: "particles", scheme: "milstein", horizon: 0.5, steps: 8 };
const ensemble = {
  model: attention,
  initial: bump,
  solver,
  ensemble: { paths: 1500, seed: "workers" },
  observe: ["mean-overlap", "order-parameter"],
};
const study = { ...ensemble, ensemble: { seed: "workers" }, study: { levels: [2, 4, 8], paths: 80 } };

/** Each takes longer than one thread is left alone. */
const COMMANDS: Readonly<Record<string, { readonly args: readonly string[]; readonly config?: object }>> = {
  run: { args: ["run"], config: ensemble },
  "study strong": { args: ["study", "strong"], config: study },
  "study weak": { args: ["study", "weak"], config: study },
  "study propagation-of-chaos": {
    args: ["study", "propagation-of-chaos"],
    config: { ...study, solver: { ...solver, scheme: "log-ode" }, study: { levels: [4, 8], paths: 16 } },
  },
  "study transformer": {
    args: ["study", "transformer"],
    config: {
      ...study,
      model: { ...attention, dimension: 3, beta: 0 },
      initial: { kind: "simplex", tokens: 2, overlap: 0.2 },
      solver: { kind: "transformer", heads: 2, eta: 0.5, layers: 8 },
      observe: ["overlap"],
      study: { levels: [2, 4], paths: 120, reference: "independent", referenceSteps: 16 },
    },
  },
  agree: {
    args: ["agree"],
    config: {
      ...study,
      solver: { kind: "density", lmax: 12, horizon: 0.25, steps: 16 },
      agree: {
        tokens: [8, 16, 32],
        repetitions: 6,
        transformer: { tokens: 4, heads: 2, layers: 8, paths: 60 },
      },
    },
  },
  "figure 1": { args: ["figure", "1", "--quick"] },
};

describe("results", () => {
  it.each(Object.keys(COMMANDS))("of %s do not depend on the number of workers", (name) => {
    const { args, config } = COMMANDS[name];
    const file = join(folder, "config.json");
    if (config) writeFileSync(file, JSON.stringify(config));
    const [one, ...others] = [1, 2, 3].map((workers) => {
      const out = join(folder, `${name.replace(/\W/g, "-")}-${workers}`);
      const given = [...args, ...(config ? [file] : []), "--json", "--out", out];
      const { status, stdout, stderr } = call(...given, "--workers", String(workers));
      expect([0, 1], stderr).toContain(status);
      const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as {
        environment: { workers: number };
      };
      expect(manifest.environment.workers).toBe(workers);
      expect(resultIn(out).text).toBe(stdout);
      return { status, stdout };
    });
    expect(one.stdout).not.toContain("workers:");
    for (const other of others) expect(other).toEqual(one);
  });
});

describe("the number of workers", () => {
  it.each(["0", "-1", "1.5", "two", "", "1e3", "99999999999999999999"])(
    "is a whole number from 1 up, and not %j",
    (workers) => {
      for (const args of [["run", "none.json"], ["figure", "1"], ["validate"]]) {
        const { status, stdout, stderr } = call(...args, `--workers=${workers}`);
        expect([status, stdout, stderr]).toEqual([
          2,
          "",
          `--workers: "${workers}", want a whole number from 1 up.\n`,
        ]);
      }
    },
  );
});

describe("an interrupt of two workers", () => {
  it("keeps a run of the first paths, to the last digit", async () => {
    const file = join(folder, "long.json");
    const out = join(folder, "long");
    const withPaths = (paths: number): void =>
      writeFileSync(file, JSON.stringify({ ...ensemble, ensemble: { ...ensemble.ensemble, paths } }));
    withPaths(2_000_000);
    const { status, stderr } = await interruptMidway(["run", file, "--workers", "2"], out, "SIGINT");
    expect(status, stderr).toBe(3);
    const part = resultIn(out) as unknown as { observables: unknown; stopped: { done: number } };
    expect(part.stopped).toMatchObject({ interrupted: true, of: 2_000_000, unit: "paths" });
    withPaths(part.stopped.done);
    const whole = call("run", file, "--json", "--workers", "1");
    expect(whole.status, whole.stderr).toBe(0);
    expect((JSON.parse(whole.stdout) as { observables: unknown }).observables).toEqual(part.observables);
  });

  it("keeps a study of the first paths, to the last digit", async () => {
    const file = join(folder, "long-study.json");
    const out = join(folder, "long-study");
    const withPaths = (paths: number): void =>
      writeFileSync(file, JSON.stringify({ ...study, study: { ...study.study, paths } }));
    withPaths(200_000);
    const given = ["study", "strong", file, "--workers", "2"];
    const { status, stderr } = await interruptMidway(given, out, "SIGTERM");
    expect(status, stderr).toBe(3);
    const part = resultIn(out) as unknown as { levels: unknown; fit: unknown; paths: number };
    withPaths(part.paths);
    const whole = JSON.parse(call("study", "strong", file, "--json").stdout) as typeof part;
    expect([whole.levels, whole.fit]).toEqual([part.levels, part.fit]);
  });
});
