import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { estimate } from "../../src/config/estimate.js";
import { parseConfig } from "../../src/config/parse-config.js";
import type { Task } from "../../src/config/task-sizes.js";
import { drawsOf, mutate, mutateNumbers } from "./mutate.js";
import { SEEDS } from "./seeds.js";

/**
 * Mutated configurations through the program itself: it computes, or refuses in clear lines, or stops and keeps what it has.
 * `FUZZ` says how many; `npm run fuzz` tries a thousand.
 */
const COUNT = Number(process.env.FUZZ ?? 100);

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

/** Small inputs that take longer are interrupted, and then have as long to end. */
const PATIENCE = 20_000;
const MOST_MEMORY = 2 ** 31;
/** An interrupt waits for the step that is being taken: one of a thousand atoms is no small input. In operations. */
const LONG = 1e11;

/** Half of them runs, which most configurations permit. */
const COMMANDS = [
  ["run"],
  ["run"],
  ["run"],
  ["run"],
  ["run"],
  ["study", "strong"],
  ["study", "weak"],
  ["study", "propagation-of-chaos"],
  ["study", "transformer"],
  ["agree"],
] as const;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-fuzz-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Largest resident memory, in bytes, where the system tells. */
  readonly memory: number;
  readonly hung: boolean;
}

function run(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args]);
  const read = { stdout: "", stderr: "" };
  let memory = 0;
  let hung = false;
  child.stdout.on("data", (chunk) => (read.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (read.stderr += String(chunk)));
  const watch = setInterval(() => (memory = Math.max(memory, peakOf(child.pid!))), 100);
  const tired = setTimeout(() => child.kill("SIGINT"), PATIENCE);
  const end = setTimeout(() => {
    hung = true;
    child.kill("SIGKILL");
  }, 2 * PATIENCE);
  return new Promise((resolve) =>
    child.on("close", (status) => {
      clearInterval(watch);
      clearTimeout(tired);
      clearTimeout(end);
      resolve({ status, ...read, memory, hung });
    }),
  );
}

function peakOf(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return 1024 * Number(kilobytes ?? 0);
  } catch {
    return 0;
  }
}

/** What is wrong with how a case ended; null when nothing is. */
function fault(
  { status, stdout, stderr, memory, hung }: Ended,
  out: string | null,
  isSmall: () => boolean,
): string | null {
  if (hung) return isSmall() ? "it does not end, not even on an interrupt" : null;
  if (memory > MOST_MEMORY) return `it takes ${memory} bytes`;
  if (/\n\s+at |undefined|NaN|\[object|Error:|is not a function|Cannot read|JavaScript heap/.test(stderr)) {
    return "it speaks like a program that failed";
  }
  switch (status) {
    case 0:
    case 1:
      // A claim of `agree` may fail; what fails otherwise has nothing to show.
      return isJson(stdout) ? null : "it has no result";
    case 2:
      if (stdout !== "" || (out && existsSync(out))) return "it is refused, and leaves something behind";
      return stderr.trim().split("\n").every(isClear) ? null : "its refusal does not say where";
    case 3:
      return isJson(stdout) && /after [\d,]+ of [\d,]+ /.test(stderr)
        ? null
        : "it stops, and does not say how far it came";
    case 130:
      return stdout === "" ? null : "it has nothing to keep, and prints something";
    default:
      return `it ends with ${status}`;
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

/** A key's path, a colon, and what is wrong; or how many more there are. */
const isClear = (line: string): boolean => /^\S.*: \S.{5,}[.?]$/.test(line) || /^and [\d,]+ more/.test(line);

describe("mutated configurations", () => {
  it(
    `are computed, refused, or kept as far as they came: ${COUNT} of them`,
    async () => {
      const found: string[] = [];
      const statuses = new Map<number | null, number>();
      let next = 0;
      const worker = async (): Promise<void> => {
        for (let k = next++; k < COUNT; k = next++) {
          const draw = drawsOf(`program ${k}`);
          const change = draw(2) === 0 ? mutate : mutateNumbers;
          const config = change(SEEDS[k % SEEDS.length], `program ${k}`);
          const yaml = draw(8) === 0;
          const file = join(folder, `${k}.${yaml ? "yaml" : "json"}`);
          const text = yaml
            ? stringify(config, { aliasDuplicateObjects: false })
            : (JSON.stringify(config) ?? "");
          writeFileSync(file, text);
          const command = COMMANDS[draw(COMMANDS.length)];
          const out = draw(4) === 0 ? join(folder, `out-${k}`) : null;
          const ended = await run([...command, file, "--json", ...(out ? ["--out", out] : [])]);
          statuses.set(ended.status, (statuses.get(ended.status) ?? 0) + 1);
          const isSmall = (): boolean =>
            estimate(parseConfig(config as object), command.join(" ") as Task).operations < LONG;
          const wrong = fault(ended, out, isSmall);
          if (wrong) {
            found.push(
              `${k}: ${command.join(" ")}: ${wrong}; exit ${ended.status}\n${ended.stderr.slice(0, 600)}\n${text.slice(0, 1500)}`,
            );
          }
        }
      };
      await Promise.all([worker(), worker()]);
      expect(found.join("\n\n")).toBe("");
      // The mutations are neither all refused nor all harmless.
      expect(statuses.get(0)).toBeGreaterThan(COUNT / 20);
      expect(statuses.get(2)).toBeGreaterThan(COUNT / 20);
    },
    COUNT * 5000,
  );
});
