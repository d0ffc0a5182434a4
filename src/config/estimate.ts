import type { Config } from "./config.js";
import { refuse } from "./contract/config-error.js";
import { sizesOf, type Task } from "./task-sizes.js";

/** What a task takes, to be read as an order of magnitude: the parts that grow with a configuration's numbers. */
export interface Estimate {
  /** Held at once. */
  readonly bytes: number;
  /** Near a nanosecond each. */
  readonly operations: number;
  /** The part that takes the most memory, and the key that drives it. */
  readonly largest: { readonly key: string; readonly what: string; readonly bytes: number };
  /** The part that takes the most operations, and the key that drives it. */
  readonly longest: { readonly key: string; readonly what: string; readonly operations: number };
}

/** Memory and operations (about twelve days) that are not spent without being asked for. */
const MOST_MEMORY = 2 ** 31;
const MOST_OPERATIONS = 1e15;

/** Node with this program in it, and a worker; and one more of these. */
const PROGRAM = 120e6;
const WORKER = 25e6;

/**
 * Memory and operations of a task under a configuration, from its numbers alone: nothing is made. Each of several workers
 * holds everything.
 */
export function estimate(config: Config, task: Task, workers = 1): Estimate {
  const sizes = sizesOf(config, task);
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const longest = sizes.reduce((a, b) => (b.operations > a.operations ? b : a));
  return {
    bytes: sizes.reduce((sum, { bytes }) => sum + workers * bytes, PROGRAM + (workers - 1) * WORKER),
    operations: sizes.reduce((sum, { operations }) => sum + operations, 0),
    largest: { key: largest.key, what: largest.what, bytes: largest.bytes },
    longest: { key: longest.pace ?? longest.key, what: longest.what, operations: longest.operations },
  };
}

/** Throws a ConfigError with the numbers and the key that drives them for a task that a machine would not survive. */
export function checkSize(config: Config, task: Task): void {
  const { bytes, operations, largest, longest } = estimate(config, task);
  if (!(bytes <= MOST_MEMORY)) {
    refuse(
      largest.key,
      `makes this ${task} take about ${binary(bytes)} of memory, ${binary(largest.bytes)} of it for ${largest.what}; ` +
        `want at most ${binary(MOST_MEMORY)}, or --yes`,
    );
  }
  if (!(operations <= MOST_OPERATIONS)) {
    refuse(
      longest.key,
      `makes this ${task} take about ${operations.toPrecision(1)} operations (${duration(operations)}), most of them for ` +
        `${longest.what}; want at most ${MOST_OPERATIONS}, or --yes`,
    );
  }
}

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** Bytes in the unit that fits, to two digits. */
export function binary(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${Number((bytes / 1024 ** unit).toPrecision(2))} ${UNITS[unit]}`;
}

function duration(operations: number): string {
  const days = operations / 1e9 / 86_400;
  return days < 700 ? `${Math.ceil(days)} days` : `${Number((days / 365).toPrecision(2))} years`;
}
