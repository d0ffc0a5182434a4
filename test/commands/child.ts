import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

const cli = fileURLToPath(new URL("../../dist/src/cli.js", import.meta.url));

export interface Ended {
  readonly status: number | null;
  /** What ended it where it did not end itself. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end. */
export function call(...args: string[]): Ended {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, signal, stdout, stderr };
}

/** Starts the program; what it has said so far can be read while it runs. */
export function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args]);
  const read = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (read.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (read.stderr += String(chunk)));
  return {
    pid: child.pid,
    stderr: () => read.stderr,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    running: () => child.exitCode === null && child.signalCode === null,
    ended: new Promise<Ended>((resolve) =>
      child.on("close", (status, signal) => resolve({ status, signal, ...read })),
    ),
  };
}

export type Running = ReturnType<typeof start>;

/** Waits until something is so, while the program runs. */
export async function until(condition: () => boolean, program: Running): Promise<void> {
  while (!condition() && program.running()) await wait(2);
}

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A directory with a whole result and nothing else; gives its run.json. */
export function resultIn(directory: string): Record<string, unknown> & { readonly text: string } {
  const { files } = JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8")) as { files: string[] };
  expect(readdirSync(directory).sort()).toEqual([...files].sort());
  const text = readFileSync(join(directory, "run.json"), "utf8");
  return { ...(JSON.parse(text) as Record<string, unknown>), text };
}

/**
 * Interrupts the program while it works: after a time that is doubled as long as it had not begun to listen (the signal
 * itself then ends it) or to compute, or had not come far enough. What was in the directory must be there after a try
 * without a result; a result that is not far enough is removed, where there was nothing before.
 */
export async function interruptMidway(
  args: readonly string[],
  out: string | null,
  signal: NodeJS.Signals,
  farEnough: (ended: Ended) => boolean = () => true,
): Promise<Ended> {
  const present = (): string[] | null => (out && existsSync(out) ? readdirSync(out).sort() : null);
  const before = present();
  for (let after = 800; ; after *= 2) {
    const program = start(...args, ...(out ? ["--out", out] : []));
    await wait(after);
    program.kill(signal);
    const ended = await program.ended;
    const begun = ended.status !== null && ended.status !== 130;
    if ((begun && farEnough(ended)) || after > 20_000) return ended;
    if (begun && out && !before) rmSync(out, { recursive: true });
    expect(present()).toEqual(before);
  }
}
