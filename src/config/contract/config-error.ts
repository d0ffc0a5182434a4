/** One thing that is wrong with a configuration. */
export interface Fault {
  /** The key's path, `initial.points[1]`; "config" for the whole. */
  readonly path: string;
  /** What is wrong there, and what would be right: the rest of the sentence that begins with the path. */
  readonly message: string;
}

/** Faults that a message shows. */
const SHOWN = 50;

/** Faults of one kind that are looked for: a list of a million can have a million. */
export const ENOUGH = 1000;

/**
 * A configuration that cannot be run. The message has one sentence a line for every fault: where (the key's path), what is
 * wrong, what is right. A single sentence that begins with its path stands for the fault it tells.
 */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** All of them, in the order in which their keys stand in the configuration. */
  readonly faults: readonly Fault[];

  constructor(given: string | readonly Fault[]) {
    const faults = typeof given === "string" ? [faultOf(given)] : given;
    super(linesOf(faults));
    this.faults = faults;
  }
}

function faultOf(sentence: string): Fault {
  const end = sentence.indexOf(": ");
  return end < 0
    ? { path: "config", message: sentence }
    : { path: sentence.slice(0, end), message: sentence.slice(end + 2) };
}

function linesOf(faults: readonly Fault[]): string {
  const lines = faults.slice(0, SHOWN).map(({ path, message }) => `${path}: ${message}`);
  if (faults.length > SHOWN) lines.push(`config: has at least ${faults.length - SHOWN} more faults`);
  return lines.join("\n");
}

/** The message of an error as it is shown: every line a whole sentence. */
export const sentences = ({ message }: Error): string =>
  message
    .split("\n")
    .map((line) => (/[.?!]$/.test(line) ? `${line}\n` : `${line}.\n`))
    .join("");

/** Throws the ConfigError of a key. */
export function refuse(path: string, message: string): never {
  throw new ConfigError([{ path, message }]);
}

/** What `make` gives; a RangeError in it becomes the ConfigError of the key, `prefix` before its message. */
export function refusing<T>(prefix: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigError(`${prefix}${error.message}`);
    throw error;
  }
}

/** The faults for which `check` throws a ConfigError; none where it passes. */
export function faultsOf(check: () => void): readonly Fault[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** Makes every check, whatever the others find, until there are `ENOUGH` faults, and throws one ConfigError with them all. */
export function checkAll(checks: Iterable<() => void>): void {
  const faults: Fault[] = [];
  for (const check of checks) {
    faults.push(...faultsOf(check));
    if (faults.length >= ENOUGH) break;
  }
  if (faults.length > 0) throw new ConfigError(faults);
}
