import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.js";
import { estimate } from "../../src/config/estimate.js";
import type { Plan } from "../../src/experiments/plan/plan.js";
import { call, start, wait } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-plan-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const attention = { name: "gaussian-attention", dimension: 3, beta: 1, sigmaA: 0.5, atoms: 2 };
const base = {
  model: attention,
  initial: { kind: "uniform", tokens: 6 },
  solver: { kind: "particles", horizon: 1, steps: 16 },
  ensemble: { paths: 200 },
};

function plan(given: object, ...flags: string[]) {
  const path = join(folder, "config.json");
  writeFileSync(path, JSON.stringify(given));
  return call("plan", path, ...flags);
}

const planned = (given: object, ...flags: string[]): Plan => {
  const { status, stdout, stderr } = plan(given, "--json", ...flags);
  expect([status, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Plan;
};

describe("commonnoise plan", () => {
  it("says what a run would take and how wrong it would be", () => {
    const found = planned(base, "--workers", "3");
    expect(Object.keys(found)).toEqual([
      "model",
      "solver",
      "channels",
      "area",
      "tokens",
      "steps",
      "paths",
      "workers",
      "memory",
      "perStep",
      "perPath",
      "seconds",
      "error",
      "notes",
    ]);
    expect(found).toMatchObject({
      model: "gaussian-attention",
      solver: "particles",
      channels: 18,
      area: false,
      tokens: 6,
      steps: 16,
      paths: 200,
      workers: 3,
      memory: estimate(parseConfig(base), "run", 3).bytes,
      error: { time: { strongOrder: 0.5, weakOrder: 1 }, spectrum: null },
    });
    for (const number of [found.perStep, found.perPath, found.seconds]) expect(number).toBeGreaterThan(0);
    expect(found.perPath).toBeGreaterThan(found.perStep!);
  });

  it("shows the same in a terminal", () => {
    const { status, stdout, stderr } = plan(base, "--workers", "1");
    expect([status, stderr]).toEqual([0, ""]);
    for (const line of [
      /^channels +18$/m,
      /^tokens +6$/m,
      /^paths +200 on 1 worker$/m,
      /^order of the steps +strong 0\.5, weak 1$/m,
    ])
      expect(stdout).toMatch(line);
    expect(stdout).toMatch(/^observable +error of the steps +standard error$/m);
  });

  /** A step of it takes minutes. */
  const slow = {
    ...base,
    model: { ...attention, dimension: 32, atoms: 16 },
    initial: { kind: "uniform", tokens: 40_000 },
    solver: { ...base.solver, steps: 4 },
    ensemble: { paths: 1 },
  };

  it("cuts off a step that takes too long, and says so", () => {
    const { channels, memory, seconds, perStep, error, notes } = planned(slow);
    expect({ channels, seconds, perStep }).toEqual({ channels: 16 * 32 * 32, seconds: null, perStep: null });
    expect(memory).toBe(estimate(parseConfig(slow), "run").bytes);
    expect(error.time?.law ?? null).toBeNull();
    expect(notes).toEqual([expect.stringMatching(/ more than [\d.]+ s, and the sample was cut off /)]);
  });

  it("ends at once on a signal: there is nothing to keep", async () => {
    const path = join(folder, "slow.json");
    writeFileSync(path, JSON.stringify(slow));
    const program = start("plan", path);
    await wait(700);
    program.kill("SIGINT");
    const { status, signal, stdout, stderr } = await program.ended;
    // The signal itself ends a program that did not listen yet.
    expect([status === 130 || signal === "SIGINT", stdout, stderr]).toEqual([true, "", ""]);
  });

  it("takes the result of a run", () => {
    const out = join(folder, "result");
    const small = { ...base, ensemble: { paths: 2 } };
    writeFileSync(join(folder, "small.json"), JSON.stringify(small));
    expect(call("run", join(folder, "small.json"), "--out", out).status).toBe(0);
    const { status, stdout } = call("plan", join(out, "run.json"), "--json");
    expect([status, (JSON.parse(stdout) as Plan).paths]).toEqual([0, 2]);
  });

  it("does not try what a run refuses, and says what that would take", () => {
    const { memory, seconds, notes } = planned({ ...base, initial: { kind: "uniform", tokens: 2 ** 31 } });
    expect(memory).toBeGreaterThan(2 ** 31);
    expect(seconds).toBeNull();
    expect(notes).toEqual([
      expect.stringMatching(
        /^run refuses this: initial\.tokens makes this run take about \d.* [GT]iB of memory/,
      ),
    ]);
  });

  it.each([
    [
      "a bad configuration",
      { ...base, solver: { ...base.solver, step: 1 } },
      [],
      /^solver\.step: is not a key/,
    ],
    ["an observable that is not there", { ...base, observe: ["overlap:0,9"] }, [], /^observe\[0\]: /],
    ["no workers", base, ["--workers", "0"], /^--workers: "0", want a whole number from 1 up\.\n$/],
    ["half a worker", base, ["--workers", "1.5"], /^--workers: "1\.5", want a whole number from 1 up\.\n$/],
  ] as [string, object, string[], RegExp][])("refuses %s with 2", (_what, given, flags, sentence) => {
    const { status, stdout, stderr } = plan(given, ...flags);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(sentence);
  });
});
