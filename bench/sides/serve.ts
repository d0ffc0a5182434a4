import { createInterface } from "node:readline";

export interface Work {
  /** Does it once. */
  run(): void;
  /** Numbers on which all sides must agree. */
  check(): ArrayLike<number>;
}

/** Our end of the protocol in native/serve.h. */
export function serve({ run, check }: Work): void {
  createInterface({ input: process.stdin }).on("line", (line) => {
    const [word, count] = line.split(" ");
    if (word === "check") {
      console.log(JSON.stringify(Array.from(check())));
      return;
    }
    const begin = performance.now();
    for (let r = 0; r < Number(count); r++) run();
    console.log((performance.now() - begin) / 1000);
  });
}

/** The numbers that all sides start from. */
export const numbers = (seed: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(seed + 1.7 * i));
