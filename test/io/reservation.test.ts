import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { environment, identity, type Identity } from "../../src/io/manifest.js";
import { OutputError, reserve } from "../../src/io/reservation.js";
import { resultFiles } from "../../src/io/run-record.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "commonnoise-test-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const facts = (steps: number, command = "run"): Identity =>
  identity({ command, config: { solver: { steps } }, seed: "s" });

/** A result with one text file beside the usual ones. */
const files = async (manifest: Identity, text = "numbers.csv", stopped?: string) => {
  const { files: all } = await resultFiles({
    result: { manifest, ...(stopped !== undefined && { stopped: { cause: stopped } }) },
    environment: environment(new Date(0)),
    texts: { [text]: "1\n" },
  });
  return all;
};

/** Reserves, and puts a result there. */
async function finish(directory: string, manifest: Identity, text?: string, stopped?: string): Promise<void> {
  await (await reserve(directory, manifest)).commit(await files(manifest, text, stopped));
}

const usual = ["manifest.json", "numbers.csv", "run.json"];

describe("a reserved directory", () => {
  it("is made, holds the result, and nothing else", async () => {
    const directory = join(root, "deep", "run");
    const reserved = await reserve(directory, facts(1));
    expect(readdirSync(directory).sort()).toEqual([".pending", "lock.json"]);
    await reserved.commit(await files(facts(1)));
    expect(readdirSync(directory).sort()).toEqual(usual);
  });

  it("is gone without a trace when there is no result, and stays when it was there before", async () => {
    (await reserve(join(root, "a", "b"), facts(1))).release();
    expect(readdirSync(root)).toEqual([]);
    mkdirSync(join(root, "mine"));
    (await reserve(join(root, "mine"), facts(1))).release();
    expect(readdirSync(root)).toEqual(["mine"]);
    expect(readdirSync(join(root, "mine"))).toEqual([]);
  });

  it("is refused while another one works there, by the number of its process", async () => {
    const directory = join(root, "run");
    const first = await reserve(directory, facts(1));
    const second = reserve(directory, facts(1));
    await expect(second).rejects.toThrow(OutputError);
    await expect(second).rejects.toThrow(`is in use by process ${process.pid} on `);
    first.release();
    (await reserve(directory, facts(1))).release();
  });

  it("goes to one of many who ask at once", async () => {
    const directory = join(root, "run");
    mkdirSync(directory);
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => reserve(directory, facts(1))));
    const got = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(got).toHaveLength(1);
    expect(asked.every((one) => one.status === "fulfilled" || one.reason instanceof OutputError)).toBe(true);
    got[0].release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("is made below one that others make in the same moment", async () => {
    const asked = Array.from({ length: 8 }, (_, i) => reserve(join(root, "deep", "er", `${i}`), facts(1)));
    for (const [i, reserved] of (await Promise.all(asked)).entries()) {
      await reserved.commit(await files(facts(1)));
      expect(readdirSync(join(root, "deep", "er", `${i}`)).sort()).toEqual(usual);
    }
  });

  it.each([
    ["a process that is gone", () => ({ pid: spawnSync("true").pid, began: "1" })],
    ["the same number of an earlier process", () => ({ pid: process.pid, began: "1" })],
  ])("is taken over from %s", async (_, owner) => {
    const directory = join(root, "run");
    const lock = await reserve(directory, facts(1));
    const holder = JSON.parse(readFileSync(join(directory, "lock.json"), "utf8")) as object;
    lock.release();
    mkdirSync(join(directory, ".pending"), { recursive: true });
    writeFileSync(join(directory, ".pending", "half.csv"), "1,");
    writeFileSync(join(directory, "lock.json"), JSON.stringify({ ...holder, ...owner(), key: "old" }));
    await finish(directory, facts(1));
    expect(readdirSync(directory).sort()).toEqual(usual);
  });

  it("is left alone when the owner is on another machine", async () => {
    const directory = join(root, "run");
    mkdirSync(directory);
    const lock = JSON.stringify({ host: "elsewhere", pid: 1, began: null, since: "then", key: "k" });
    writeFileSync(join(directory, "lock.json"), lock);
    await expect(reserve(directory, facts(1))).rejects.toThrow("in use by process 1 on elsewhere since then");
    expect(readFileSync(join(directory, "lock.json"), "utf8")).toBe(lock);
  });
});

describe("what stands in a directory", () => {
  it("is shown when it is the same result, finished", async () => {
    const directory = join(root, "run");
    await finish(directory, facts(1));
    const again = await reserve(directory, facts(1));
    expect(again.finished?.result).toMatchObject({ manifest: { seed: "s" } });
    expect(again.finished?.text).toBe(readFileSync(join(directory, "run.json"), "utf8"));
    again.release();
    const forced = await reserve(directory, facts(1), true);
    expect([forced.finished, forced.replaces]).toEqual([null, true]);
    forced.release();
    expect(readdirSync(directory).sort()).toEqual(usual);
  });

  it("is kept when it is the result of another configuration, until --force has a new one", async () => {
    const directory = join(root, "run");
    await finish(directory, facts(1), "old.csv");
    const before = readFileSync(join(directory, "run.json"), "utf8");
    await expect(reserve(directory, facts(2))).rejects.toThrow(
      `${directory} holds the result of another configuration (solver.steps: 1 there, 2 here)`,
    );
    await expect(reserve(directory, facts(1, "agree"))).rejects.toThrow(
      '(command: "run" there, "agree" here)',
    );
    const forced = await reserve(directory, facts(2), true);
    expect(forced.replaces).toBe(true);
    expect(readFileSync(join(directory, "run.json"), "utf8")).toBe(before);
    writeFileSync(join(directory, "mine.txt"), "mine");
    await forced.commit(await files(facts(2), "new.csv"));
    expect(readdirSync(directory).sort()).toEqual(["manifest.json", "mine.txt", "new.csv", "run.json"]);
  });

  it("is replaced when it is the same configuration, stopped", async () => {
    const directory = join(root, "run");
    await finish(directory, facts(1), "part.csv", "interrupted");
    const again = await reserve(directory, facts(1));
    expect([again.finished, again.replaces]).toEqual([null, false]);
    await again.commit(await files(facts(1)));
    expect(readdirSync(directory).sort()).toEqual(usual);
    await finish(join(root, "other"), facts(1), "part.csv", "interrupted");
    await expect(reserve(join(root, "other"), facts(2))).rejects.toThrow("another configuration");
  });

  it("is left as it was when a new one cannot be written", async () => {
    const directory = join(root, "run");
    await finish(directory, facts(1));
    const before = readFileSync(join(directory, "run.json"), "utf8");
    const forced = await reserve(directory, facts(2), true);
    const broken = new Map([...(await files(facts(2))), ["no/such/folder.txt", "x"]]);
    await expect(forced.commit(broken)).rejects.toThrow(`Could not write ${directory}: `);
    expect(readFileSync(join(directory, "run.json"), "utf8")).toBe(before);
    expect(readdirSync(directory).sort()).toEqual(usual);
  });

  it("is an unfinished result when the new one did not get into its place", async () => {
    const directory = join(root, "run");
    await finish(directory, facts(1));
    await rm(join(directory, "numbers.csv"));
    mkdirSync(join(directory, "numbers.csv"));
    const forced = await reserve(directory, facts(2), true);
    await expect(forced.commit(await files(facts(2)))).rejects.toThrow(`Could not write ${directory}: `);
    const again = await reserve(directory, facts(1));
    expect(again.finished).toBeNull();
    again.release();
  });

  it.each([
    ["a stranger's file", "thesis.tex", "\\section{}"],
    ["a stranger's manifest", "manifest.json", '{"package":{"name":"other"},"files":["thesis.tex"]}'],
    ["a manifest that is not JSON", "manifest.json", "{"],
  ])("is refused with %s, and not touched", async (_, name, content) => {
    writeFileSync(join(root, name), content);
    await expect(reserve(root, facts(1))).rejects.toThrow("is not empty and holds no result of commonnoise");
    await expect(reserve(root, facts(1), true)).rejects.toThrow(OutputError);
    expect(readdirSync(root)).toEqual([name]);
    expect(readFileSync(join(root, name), "utf8")).toBe(content);
  });

  it("never leads out of the directory", async () => {
    const outside = join(root, "outside.txt");
    const directory = join(root, "run");
    await finish(directory, facts(1));
    writeFileSync(outside, "precious");
    writeFileSync(
      join(directory, "manifest.json"),
      JSON.stringify({ package: { name: "commonnoise" }, files: ["../outside.txt", outside, "run.json"] }),
    );
    const forced = await reserve(directory, facts(2), true);
    await forced.commit(await files(facts(2)));
    expect(readFileSync(outside, "utf8")).toBe("precious");
  });
});

describe("a directory that cannot be had", () => {
  it.each([
    ["a file", (at: string) => writeFileSync(at, "x"), "", /is not a directory/],
    ["below a file", (at: string) => writeFileSync(at, "x"), "sub", /a part of its path is not a directory/],
    ["a link to itself", (at: string) => symlinkSync(at, at), "", /its links lead in a circle/],
    ["a name that is too long", () => undefined, "x".repeat(300), /its name is too long/],
  ])("%s: one sentence", async (_, prepare, below, sentence) => {
    const at = join(root, "at");
    prepare(at);
    const asked = reserve(join(at, below), facts(1));
    await expect(asked).rejects.toThrow(OutputError);
    await expect(asked).rejects.toThrow(sentence);
    expect(readdirSync(root).filter((name) => name !== "at")).toEqual([]);
  });

  it.runIf(existsSync("/proc/self"))("a place where nothing can be made: at once, not for ever", async () => {
    await expect(reserve("/proc/nope", facts(1))).rejects.toThrow(/Could not write \/proc\/nope: /);
    await expect(reserve("/proc/nope/deeper/still", facts(1))).rejects.toThrow(OutputError);
  });

  it.runIf(process.getuid?.() !== 0)("one without permission to write", async () => {
    chmodSync(root, 0o500);
    await expect(reserve(join(root, "run"), facts(1))).rejects.toThrow(/permission denied/);
    await expect(reserve(root, facts(1))).rejects.toThrow(/permission denied/);
    chmodSync(root, 0o700);
  });
});
