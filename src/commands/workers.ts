import { ConfigError } from "../config/contract/config-error.js";
import { processors } from "../io/processors.js";

/** What a command with threads is given. */
export interface WorkerFlags {
  /** As it was typed. */
  readonly workers?: string;
}

/** The number of threads that is asked for, or as many as the machine runs. Throws a ConfigError for what is no such number. */
export function workersOf({ workers }: WorkerFlags): number {
  if (workers === undefined) return processors();
  const count = Number(workers);
  if (!(/^\d+$/.test(workers) && Number.isSafeInteger(count) && count >= 1))
    throw new ConfigError(`--workers: "${workers}", want a whole number from 1 up`);
  return count;
}
