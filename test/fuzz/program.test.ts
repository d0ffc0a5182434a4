import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { gridOf } from "../../src/config/build-evolution.js";
import { estimate } from "../../src/config/estimate.js";
import { parseConfig } from "../../src/config/parse-config.js";
import type { Config } from "../../src/config/config.js";
import type { Task } from "../../src/config/task-sizes.js";
import { complaints, LONG } from "./complaints.js";
import { mutate, mutateNumbers } from "./mutate.js";
import { SEEDS } from "./seeds.js";
import { watched } from "./watched.js";
import { FILES, WHOLES, type Whole } from "./whole-configurations.js";

/**
 * Spoiled configurations through the whole program. `FUZZ` says how many, or which: "1000", or "17-17" for a single one
 * again; `npm run fuzz` takes a thousand.
 */
const [FIRST, LAST] = rangeOf(process.env.FUZZ ?? "100");

function rangeOf(text: string): [first: number, last: number] {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  return first === undefined ? [0, Number(text) - 1] : [Number(first), Number(last)];
}

/** Milliseconds that what should be short may take, that what is long is left to run, and to end in. */
const PATIENCE = 20_000;
const GLIMPSE = 3_000;
const GRACE = 20_000;

const MEMORY = 2 ** 31;

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commonnoise-fuzz-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly task: Task;
  readonly config: unknown;
}

const ALL: readonly Whole[] = [
  ...WHOLES,
  ...SEEDS.map((config, k) => ({ task: WHOLES[(7 * k) % WHOLES.length].task, config })),
];

/**
 * Case k: every other one is spoiled so that it can still be read, of three one gets usual numbers alone, and one of nine is
 * put to a task that it was not made for.
 */
function caseOf(k: number): Case {
  const { task, config } = ALL[k % ALL.length];
  const other = k % 9 === 8 ? ALL[(7 * k) % ALL.length].task : task;
  const change = k % 3 === 0 ? mutateNumbers : mutate;
  for (let attempt = 0; ; attempt++) {
    const spoiled = change(config, `program ${k} ${attempt}`);
    if (k % 2 === 1 || attempt === 100 || parsed(spoiled)) return { task: other, config: spoiled };
  }
}

function parsed(config: unknown): Config | null {
  try {
    return parseConfig(config as object);
  } catch {
    return null;
  }
}

/** What the program expects of itself, in all and for a step of a path. */
function expected(config: Config | null, task: Task): { readonly operations: number; readonly step: number } {
  if (!config) return { operations: 0, step: 0 };
  const { operations } = estimate(config, task);
  return { operations, step: operations / gridOf(config).steps / config.ensemble.paths };
}

/** Runs case k; gives its exit code, and all there is to know where it ended badly. */
async function outcome(k: number): Promise<{ status: number | null; failure: string | null }> {
  const { task, config } = caseOf(k);
  const yaml = k % 3 === 2;
  const json = k % 4 < 2;
  const out = k % 5 < 3;
  const home = join(folder, String(k));
  mkdirSync(home);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(home, name), text);
  const text = yaml ? stringify(config) : JSON.stringify(config);
  writeFileSync(join(home, "config"), text ?? "");

  const args = [...task.split(" "), "config", ...(json ? ["--json"] : []), ...(out ? ["--out", "out"] : [])];
  const own = expected(parsed(config), task);
  const ended = await watched([cli, ...args], home, {
    patience: own.operations > LONG ? GLIMPSE : PATIENCE,
    grace: GRACE,
    memory: MEMORY,
  });
  const result = join(home, "out");
  const found = complaints(ended, {
    agree: task === "agree",
    json,
    out,
    files: existsSync(result) ? readdirSync(result) : null,
    ...own,
    memory: MEMORY,
  });
  rmSync(home, { recursive: true, force: true });
  const { status, stdout, stderr } = ended;
  const failure =
    found.length === 0
      ? null
      : `FUZZ=${k}-${k}: ${found.join("; ")}\n${args.join(" ")}\n${text}\n` +
        `exit code ${status}, ${stderr.slice(0, 1500)}${stdout.slice(0, 500)}`;
  return { status, failure };
}

describe("a spoiled configuration in the program", () => {
  it(
    "is computed, kept, or refused in sentences",
    async () => {
      const failures: string[] = [];
      const tally: Record<string, number> = {};
      let next = FIRST;
      const lane = async (): Promise<void> => {
        while (next <= LAST) {
          const { status, failure } = await outcome(next++);
          tally[String(status)] = (tally[String(status)] ?? 0) + 1;
          if (failure !== null) failures.push(failure);
        }
      };
      await Promise.all([lane(), lane()]);
      expect(failures.join("\n\n")).toBe("");
      if (LAST - FIRST < 50) return;
      // Else it would have tried nothing.
      expect(tally["0"]).toBeGreaterThan((LAST - FIRST) / 10);
      expect(tally["2"]).toBeGreaterThan((LAST - FIRST) / 10);
    },
    60_000 + (LAST - FIRST + 1) * 20_000,
  );
});
