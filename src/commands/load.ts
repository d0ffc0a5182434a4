import type { Config } from "../config/config.js";
import { ConfigError } from "../config/contract/config-error.js";
import { parseConfig } from "../config/parse-config.js";
import { readIncrements } from "../config/read-increments.js";
import { besideFile, readText } from "../io/read-text.js";
import { loadArrays } from "./load-arrays.js";

/** A validated configuration from a file, with what the files hold that it names (relative to it): noise, heads, points. */
export function load(path: string): Config {
  const config = loadArrays(parseConfig(textOf(path)), besideFile(path, "."));
  if (config.noise.kind !== "file") return config;
  const increments = readIncrements(config.noise.path, textOf(besideFile(path, config.noise.path)));
  return { ...config, noise: { kind: "table", increments } };
}

function textOf(path: string): string {
  try {
    return readText(path);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}
