import { ConfigError } from "../config/contract/config-error.js";
import { cores } from "../io/cores.js";

/** How many threads a flag asks for; all cores unless given. Throws a ConfigError unless it is a whole number from 1 up. */
export function workersOf(flag: string | undefined): number {
  if (flag === undefined) return cores();
  const workers = Number(flag);
  if (!(Number.isSafeInteger(workers) && workers >= 1)) {
    throw new ConfigError(`--workers: is "${flag}", want a whole number from 1 up`);
  }
  return workers;
}
