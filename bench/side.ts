import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** One of the programs that are timed against each other: it does its work as often as it is told. */
export interface Side {
  /** Numbers on which all sides must agree. */
  check(): Promise<readonly number[]>;
  /** Seconds that so many repeats took. */
  run(repeats: number): Promise<number>;
  end(): void;
}

/**
 * A side in a process of its own: what one has compiled and collected is nothing to the others. Each speaks the protocol of
 * native/serve.h. Rejects what is asked of a process that has ended.
 */
export function startSide(
  command: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Side {
  const child = spawn(command, argv, {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, ...ONE_CORE, ...environment },
  });
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  const fail = (what: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${command} ${argv.join(" ")}: ${what}`));
  };
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(line));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code) => fail(`ended with code ${code}`));
  // Where it has ended, the exit says so.
  child.stdin.on("error", () => undefined);
  const ask = (line: string): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      if (child.exitCode !== null) fail(`ended with code ${child.exitCode}`);
      else child.stdin.write(`${line}\n`);
    });
  return {
    check: async () => JSON.parse(await ask("check")) as number[],
    run: async (repeats) => Number(await ask(`run ${repeats}`)),
    end: () => void child.stdin.end(),
  };
}

const ONE_CORE = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
