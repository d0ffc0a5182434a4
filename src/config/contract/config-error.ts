/** A configuration that cannot be run. The message is one sentence: where (the key's path), what is wrong, what is right. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Throws the ConfigError of a key. */
export function refuse(path: string, what: string): never {
  throw new ConfigError(`${path}: ${what}`);
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
