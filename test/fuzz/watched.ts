import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** How a program ended that was watched while it ran. */
export interface Watched {
  /** The exit code; null where a signal ended it, `signal`. */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds after which it was asked to end by an interrupt; null where it ended by itself. */
  readonly interruptedAfter: number | null;
  /** Whether it was interrupted once more, since it did not end. */
  readonly insisted: boolean;
  /** The most memory it held, bytes; 0 where the system does not tell. */
  readonly peak: number;
}

/** Milliseconds between two looks at the memory. */
const BETWEEN = 50;

/**
 * Runs Node on `args` in `folder`; interrupts it after `patience` milliseconds, again after `grace` more, and ends it after
 * as many again, or where it holds more than `memory` bytes.
 */
export function watched(
  args: readonly string[],
  folder: string,
  { patience, grace, memory }: { patience: number; grace: number; memory: number },
): Promise<Watched> {
  const child = spawn(process.execPath, args, { cwd: folder });
  const read = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (read.stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (read.stderr += String(chunk)));
  let peak = 0;
  let interruptedAfter: number | null = null;
  let insisted = false;
  const looking = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
    // It has failed already, and must not take the machine with it.
    if (peak > memory) child.kill("SIGKILL");
  }, BETWEEN);
  const interrupt = setTimeout(() => {
    interruptedAfter = patience;
    child.kill("SIGINT");
  }, patience);
  // A step is taken to its end first, unless it is asked once more.
  const insist = setTimeout(() => {
    insisted = true;
    child.kill("SIGINT");
  }, patience + grace);
  const end = setTimeout(() => child.kill("SIGKILL"), patience + 2 * grace);
  return new Promise((resolve) =>
    child.on("close", (status, signal) => {
      clearInterval(looking);
      clearTimeout(interrupt);
      clearTimeout(insist);
      clearTimeout(end);
      resolve({ status, signal, ...read, interruptedAfter, insisted, peak });
    }),
  );
}

/** The peak of a process's resident memory in bytes, where Linux tells it. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kibibytes = "0"] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return 1024 * Number(kibibytes);
  } catch {
    return 0;
  }
}
