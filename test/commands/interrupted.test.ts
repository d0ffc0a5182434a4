import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stop } from "../../src/experiments/stop.js";
import { decodeNpz } from "../../src/io/npz.js";
import { readTable } from "../io/read-back.js";
import { call, interruptMidway, resultIn, start, until, wait, type Ended } from "./child.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-interrupted-"));
  writeFileSync(long(), JSON.stringify(endless));
  const solver = { kind: "particles", horizon: 1, steps: 2 ** 18 };
  writeFileSync(moved(), JSON.stringify({ ...endless, initial: { ...endless.initial, tokens: 16 }, solver }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = (): string => join(folder, "long.json");
const moved = (): string => join(folder, "moved.json");

/** Its tokens and its transformers are done soon, its density is not. */
const endless = {
  model: { name: "gaussian-attention", dimension: 2, beta: 1, sigmaA: 0.7, atoms: 2 },
  initial: { kind: "vmf", components: [{ weight: 1, kappa: 1, mean: [1, 0] }] },
  solver: { kind: "density", lmax: 15, horizon: 0.25, steps: 2 ** 18, area: "none" },
  ensemble: { seed: "endless" },
  observe: ["order-parameter"],
  agree: {
    tokens: [4, 8, 16],
    tokenSteps: 2,
    repetitions: 3,
    transformer: { tokens: 4, heads: 2, layers: 4, paths: 3 },
  },
};

const COMMANDS = [
  ["run", () => ["run", moved()]],
  ["agree", () => ["agree", long()]],
  ["figure", () => ["figure", "1"]],
  ["validate", () => ["validate", "--only", "density"]],
] as const;

describe("an interrupt before the work", () => {
  it.each(COMMANDS)("%s: 130, no word, nothing on disk", async (name, args) => {
    const out = join(folder, "deep", `early-${name}`);
    const early = async (): Promise<Ended> => {
      const program = start(...args(), "--out", out);
      await until(() => existsSync(join(out, "lock.json")), program);
      program.kill("SIGINT");
      return await program.ended;
    };
    let ended = await early();
    // On a busy machine the work may have begun before the signal was sent.
    for (let again = 0; ended.status === 3 && again < 4; again++) {
      rmSync(join(folder, "deep"), { recursive: true });
      ended = await early();
    }
    expect(ended).toEqual({ status: 130, signal: null, stdout: "", stderr: "" });
    expect(existsSync(join(folder, "deep"))).toBe(false);
  });
});

describe("an interrupt while the configuration is waited for", () => {
  const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const PIPES = ["-", "named"] as const;
  it
    .runIf(process.platform === "linux")
    .each(SIGNALS.flatMap((signal) => PIPES.map((of) => [signal, of] as const)))(
    "%s ends the program: nobody may ever write it (%s)",
    async (signal, of) => {
      const named = join(folder, `pipe-${signal}`);
      if (of === "named") expect(spawnSync("mkfifo", [named]).status).toBe(0);
      const program = start("run", of === "named" ? named : of);
      // The program sleeps in the pipe, and in nothing else.
      await wait(1500);
      program.kill(signal);
      const late = setTimeout(() => program.kill("SIGKILL"), 10_000);
      const { status, signal: by, stdout, stderr } = await program.ended;
      clearTimeout(late);
      expect([status === 130 || by === signal, stdout, stderr]).toEqual([true, "", ""]);
    },
  );
});

/** Whether tokens and transformers had ended before the signal came; where they had not, there is more than one stop. */
const othersAreWhole = ({ status, stdout }: Ended): boolean =>
  status !== 3 ||
  Object.keys((JSON.parse(stdout) as { stopped: { sides: object } }).stopped.sides).join() === "limit";

const sentence = ({ done, of, unit }: Stop): string =>
  `Interrupted after ${done.toLocaleString("en-US")} of ${of.toLocaleString("en-US")} ${unit}; what was computed until then is kept.`;

describe("an interrupt midway", () => {
  it("agree: 3, with the density until then and the other sides; the claims of whole sides are judged", async () => {
    const out = join(folder, "agree");
    const { status, stdout, stderr } = await interruptMidway(
      ["agree", long(), "--json"],
      out,
      "SIGHUP",
      othersAreWhole,
    );
    expect(status, stderr).toBe(3);
    const result = resultIn(out) as ReturnType<typeof resultIn> & {
      observables: Record<string, { time: number[]; mean: number[] }>;
      stopped: Stop & { sides: { limit: Stop } };
      claims: { verdict: string }[];
      notReached: string[];
    };
    expect(stdout).toBe(result.text);
    const { stopped } = result;
    expect(stopped).toMatchObject({ interrupted: true, of: 2 ** 18, unit: "steps of the density" });
    expect(stderr).toContain(sentence(stopped.sides.limit));
    const { time, mean } = result.observables["order-parameter"];
    expect([time.length, mean.length]).toEqual([stopped.done + 1, stopped.done + 1]);
    expect(result.notReached).toContain("change of the density's mass");
    expect(result.claims.length + result.notReached.length).toBe(5);
    expect(result.agrees).toBe(result.claims.some(({ verdict }) => verdict === "fails") ? false : null);
    const table = readTable(readFileSync(join(out, "observables.csv"), "utf8"));
    const density = table.side.flatMap((side, i) => (side === "density" ? [Number(table.value[i])] : []));
    expect(density).toEqual(mean);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("not reached");
    expect(readFileSync(join(out, "observables.svg"), "utf8")).toMatch(/^<svg/);
  });

  it("figure: 3, with the cells until then, no picture, and a caption that says so", async () => {
    const out = join(folder, "figure");
    const { status, stdout, stderr } = await interruptMidway(["figure", "1", "--json"], out, "SIGTERM");
    expect(status, stderr).toBe(3);
    const result = resultIn(out) as ReturnType<typeof resultIn> & { stopped: Stop; caption: string };
    expect(stdout).toBe(result.text);
    expect(stderr).toContain(sentence(result.stopped));
    expect(result).toMatchObject({
      claims: [],
      stopped: { interrupted: true, of: 32 ** 2 + 48 ** 2, unit: "cells" },
    });
    const { done } = result.stopped;
    expect(result.caption).toContain(`Unfinished: figure-1 ended after ${done} of 3328 cells.`);
    expect(readFileSync(join(out, "caption.md"), "utf8")).toContain(result.caption);
    expect(readdirSync(out).sort()).toEqual([
      "caption.md",
      "cells.csv",
      "manifest.json",
      "run.json",
      "state.npz",
    ]);
    const table = readTable(readFileSync(join(out, "cells.csv"), "utf8"));
    expect(table.weakError).toHaveLength(4 * done);
    const { data } = decodeNpz(readFileSync(join(out, "state.npz")))["cells.weakError"];
    expect([...data]).toEqual(table.weakError.map(Number));
  });

  it("validate: 3, with the claims that were shown", async () => {
    const out = join(folder, "validate");
    const program = start("validate", "--only", "density", "--out", out);
    await until(() => program.stderr().includes("density: "), program);
    program.kill("SIGTERM");
    const { status, stdout, stderr } = await program.ended;
    expect(status, stderr).toBe(3);
    const { claims, stopped } = resultIn(out) as ReturnType<typeof resultIn> & {
      claims: { group: string; claim: string }[];
      stopped: Stop;
    };
    expect(claims.length).toBeGreaterThan(0);
    for (const { group, claim } of claims) {
      expect(group).toBe("density");
      expect(stderr).toContain(`density: ${claim} | `);
      expect(stdout).toContain(claim);
    }
    expect(stderr).toContain(sentence(stopped));
    expect(stdout).toBe(`${readFileSync(join(out, "claims.txt"), "utf8")}Written to ${out}.\n`);
  });
});

describe("an interrupt while files are written", () => {
  it("changes nothing: every file is there", async () => {
    const path = join(folder, "short.json");
    writeFileSync(path, JSON.stringify({ ...endless, solver: { ...endless.solver, steps: 4 } }));
    const out = join(folder, "late");
    const program = start("agree", path, "--out", out);
    await until(() => existsSync(join(out, ".pending", "manifest.json")), program);
    program.kill("SIGINT");
    const { status, stderr } = await program.ended;
    expect([0, 1], stderr).toContain(status);
    expect(resultIn(out)).not.toHaveProperty("stopped");
    expect(readdirSync(out)).toContain("report.html");
  });
});

describe("a directory in use", () => {
  it("is refused to everybody else, by the number of the process", async () => {
    const out = join(folder, "busy");
    const program = start("agree", long(), "--out", out);
    await until(() => existsSync(join(out, "lock.json")), program);
    for (const args of [["agree", long()], ["figure", "2"], ["validate"]]) {
      const { status, stdout, stderr } = call(...args, "--out", out);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(
        new RegExp(
          `^${out} is in use by process ${program.pid} on .+: wait for it, or choose another directory\\.\\n$`,
        ),
      );
    }
    program.kill("SIGINT");
    expect((await program.ended).status).toBe(3);
    resultIn(out);
  });
});
