/** A configuration that cannot be run. The message is one sentence: where (the key's path), what is wrong, what is right. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}
