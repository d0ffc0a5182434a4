import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { runNumbers as run } from "../../src/experiments/run.js";

const clustering = (solver: object) => ({
  model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 },
  initial: {
    kind: "vmf",
    components: [
      { weight: 0.6, kappa: 4, mean: [0, 1] },
      { weight: 0.4, kappa: 4, mean: [1, 0] },
    ],
  },
  solver: { kind: "density", horizon: 6, steps: 192, ...solver },
  ensemble: { seed: "clustering" },
  observe: ["order-parameter", "mean-overlap"],
});

const noisy = (solver: object, model: object = {}) => ({
  model: { name: "noisy-attention", dimension: 3, beta: 1, coupling: 2, ...model },
  initial: { kind: "vmf", tokens: 200, components: [{ weight: 1, kappa: 1, mean: [0, 0, 1] }] },
  solver: { horizon: 1, steps: 32, kappa: 1, ...solver },
  observe: ["order-parameter"],
});

describe("an interrupt in the middle of a long step", () => {
  it("ends the run where the step began", () => {
    const config = parseConfig(clustering({ lmax: 10, horizon: 0.1, steps: 1, substeps: 200 }));
    let asked = 0;
    const { stopped, observables, final } = run(config, { stopping: () => ++asked > 100 });
    expect(asked).toBe(101);
    expect(stopped).toMatchObject({ done: 0, of: 1, time: 0, interrupted: true });
    expect(observables["order-parameter"].time).toEqual([0]);
    const start = run(parseConfig(clustering({ lmax: 10, horizon: 1e-9, steps: 1 }))).final!.coefficients!;
    for (const [lm, c] of Object.entries(final!.coefficients!)) expect(c).toBeCloseTo(start[lm], 4);
  });
});

describe("a run that leaves its resolution", () => {
  it("stops with its time and cause; everything up to there can be read", () => {
    const { stopped, observables, diagnostics, final } = run(parseConfig(clustering({ lmax: 10 })));
    expect(stopped!.cause).toMatch(/^the density has left degree 10/);
    const { time, mean } = observables["order-parameter"];
    expect(time[time.length - 1]).toBe(stopped!.time);
    expect(mean.length).toBe(time.length);
    expect(mean.every((v) => v > 0 && v <= 1)).toBe(true);
    expect(Object.keys(final!.coefficients!)).toHaveLength(21);
    expect(diagnostics).toMatchObject({ resolved: false, lmax: 10 });
    expect(diagnostics.note).toMatch(/tail of the spectrum passed 0\.01 at t = /);
  });

  it("gets further with a rising degree, and to the end by characteristics", () => {
    const fixed = run(parseConfig(clustering({ lmax: 10 }))).stopped!.time;
    const auto = run(parseConfig(clustering({ lmax: "auto", lmaxLimit: 42 })));
    expect(auto.diagnostics.lmaxHistory).toEqual([21, 42]);
    expect(auto.stopped!.time).toBeGreaterThan(fixed);
    expect(auto.stopped!.cause).toMatch(/^the density has left degree 42/);
    const carried = run(
      parseConfig(clustering({ lmax: "auto", lmaxLimit: 42, onUnresolved: "characteristics" })),
    );
    expect(carried.stopped).toBeUndefined();
    expect(carried.observables["mean-overlap"].time).toHaveLength(193);
    expect(carried.diagnostics).toMatchObject({
      continuedBy: "characteristics",
      handoverTime: auto.stopped!.time,
    });
    expect(carried.final!.points).toHaveLength(128);
    expect(carried.final!.weights).toHaveLength(128);
  });

  it("ends the command with exit code 3, a sentence on standard error, and a run directory", () => {
    const folder = mkdtempSync(join(tmpdir(), "commonnoise-"));
    try {
      const config = join(folder, "config.json");
      const out = join(folder, "out");
      writeFileSync(config, JSON.stringify(clustering({ lmax: 10 })));
      const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [cli, "run", config, "--json", "--out", out],
        { encoding: "utf8" },
      );
      expect(status).toBe(3);
      expect(stderr).toMatch(
        /^Stopped after \d+ of 192 steps, at t = [\d.]+: the density has left degree 10: .*\.\n$/m,
      );
      const printed = JSON.parse(stdout) as { stopped: { time: number }; final: object };
      expect(printed.stopped.time).toBeGreaterThan(0);
      expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8"))).toEqual(printed);
      expect(existsSync(join(out, "observables.csv"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("models without common noise", () => {
  it("run as density and as particles, which agree within sampling error", () => {
    const density = run(parseConfig(noisy({ kind: "density", lmax: 10 })));
    expect(density.stopped).toBeUndefined();
    expect(density.diagnostics).toMatchObject({ channels: 0, resolved: true });
    const cloud = run(parseConfig({ ...noisy({ kind: "particles" }), ensemble: { paths: 16 } }));
    const [a, b] = [density, cloud].map(({ observables: o }) => o["order-parameter"].mean[32]);
    // |mean of n unit vectors| has a bias of about 1 / (2 n |m|) and a deviation of n^{-1/2} / sqrt(paths); Euler–Maruyama
    // at dt = 1/32 adds its weak error of a percent or so.
    expect(Math.abs(a - b)).toBeLessThan(5 * (1 / Math.sqrt(200 * 16)) + 1 / (400 * a) + 0.02);
    // Without the attraction the order would fall as e^{-(d-1)t/2}.
    const free = run(parseConfig(noisy({ kind: "density", lmax: 10 }, { coupling: 0 })));
    const { mean } = free.observables["order-parameter"];
    expect(mean[32] / mean[0]).toBeCloseTo(Math.exp(-1), 12);
    expect(a).toBeGreaterThan(mean[32] * 1.1);
  });

  it.each([
    [
      noisy({ kind: "density", lmax: 10, onUnresolved: "characteristics" }),
      /^solver\.onUnresolved: "characteristics" cannot/,
    ],
    [noisy({ kind: "density", lmax: 10, lmaxLimit: 20 }), /^solver\.lmaxLimit: has no meaning/],
    [noisy({ kind: "density", lmax: "most" }), /^solver\.lmax: .*"auto"/],
    [
      { ...noisy({ kind: "density", lmax: 9 }), noise: { kind: "table", increments: [[1]] } },
      /^noise: .*no common noise/,
    ],
    [noisy({ kind: "density", lmax: 9 }, { beta: 1000 }), /^model\.beta: is too large/],
    [noisy({ kind: "density", lmax: 9, filter: { strength: -1 } }), /^solver\.filter\.strength: /],
    [noisy({ kind: "density", lmax: 9, resolution: { stop: 0 } }), /^solver\.resolution\.stop: /],
    [noisy({ kind: "particles" }, { dimension: 5, attention: "harmonic" }), /^model\.attention: /],
  ])("wrong settings are refused by path, %#", (config, message) => {
    expect(() => parseConfig(config)).toThrow(message);
  });
});
