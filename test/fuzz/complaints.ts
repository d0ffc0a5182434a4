import type { Watched } from "./watched.js";

/** What a run of the program was, beside how it ended. */
export interface Asked {
  readonly agree: boolean;
  readonly json: boolean;
  /** Files in the directory of the result; null where it is not there. */
  readonly files: readonly string[] | null;
  /** Whether a directory was asked for. */
  readonly out: boolean;
  /** What the program expected, near a nanosecond each. */
  readonly operations: number;
  /** Those of a single step, which an interrupt waits for. */
  readonly step: number;
  /** More memory than this is a fault, bytes. */
  readonly memory: number;
}

/** Words of a program that has lost its way. */
const LOST =
  /\n\s+at |undefined|\bNaN\b|\[object|TypeError|ReferenceError|is not a function|Cannot read|out of memory|is not iterable/;

/** Operations of what is long; a machine under load takes twenty times its estimate. */
export const LONG = 2e9;

/** What is wrong with the way a program ended; nothing where all is well. */
export function complaints(ended: Watched, asked: Asked): string[] {
  const { status, signal, stdout, stderr, interruptedAfter, insisted, peak } = ended;
  const { agree, json, files, out, operations, step, memory } = asked;
  const found: string[] = [];
  const want = (right: boolean, complaint: string): void => {
    if (!right) found.push(complaint);
  };
  want(!LOST.test(stderr), "standard error shows the program's insides");
  if (peak > memory) return [`held ${(peak / 2 ** 30).toFixed(2)} GiB`];
  if (interruptedAfter !== null) {
    want(
      operations >= LONG,
      `was to take ${operations} operations, and was not done after ${interruptedAfter} ms`,
    );
    want(!insisted || step >= LONG, "did not end when it was interrupted");
    want(signal === null, "did not end when it was interrupted twice");
    want(status !== 2, "refused its input so late");
  }
  if (signal !== null) return [...found, `was ended by ${signal}`];
  const kept = status === 0 || status === 3 || (agree && status === 1);
  const expected = kept || status === 2 || (status === 130 && interruptedAfter !== null);
  want(expected, `exit code ${status}`);
  if (status === 2) {
    want(stderr !== "", "does not say why it refuses");
    for (const line of stderr.split("\n").slice(0, -1))
      want(/^\S.*: \S.{5,}[.?!]$/.test(line), `says "${line}"`);
  }
  if (status === 3)
    want(/^(Stopped|Interrupted) after [\d,]+ of [\d,]+ .*\.\n/m.test(stderr), "does not say why it stopped");
  if (!kept) {
    want(stdout === "", "standard output is not empty");
    want(files === null, "left a directory");
    return found;
  }
  if (json) want(isResult(stdout), "standard output is no result in JSON");
  else want(stdout !== "" && !LOST.test(stdout), "standard output is empty, or shows the program's insides");
  if (out) {
    want(files?.includes("run.json") === true, "wrote no result");
    want(!files?.some((name) => name.startsWith(".") || name.includes("lock")), "left what it locked");
  }
  return found;
}

/** One JSON object whose means are all numbers. */
function isResult(text: string): boolean {
  try {
    const { manifest, observables } = JSON.parse(text) as {
      manifest?: object;
      observables?: Record<string, { mean?: unknown[] }>;
    };
    return (
      manifest !== undefined &&
      Object.values(observables ?? {}).every(
        ({ mean }) => mean?.every((value) => typeof value === "number") ?? true,
      )
    );
  } catch {
    return false;
  }
}
