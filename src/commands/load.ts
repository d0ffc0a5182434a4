import { checkConfig } from "../config/check-config.js";
import type { Config } from "../config/config.js";
import { refusing } from "../config/contract/config-error.js";
import { quoted } from "../config/contract/path-name.js";
import { configOf } from "../config/parse-config.js";
import { readDocument } from "../config/read-document.js";
import { readIncrements } from "../config/read-increments.js";
import { recordedConfig } from "../config/recorded-config.js";
import type { Interrupts } from "../io/interrupts.js";
import { packageFacts } from "../io/package-facts.js";
import { besideFile, mayBlock, readText } from "../io/read-text.js";
import { loadArrays } from "./load-arrays.js";

/**
 * A validated configuration from a JSON or YAML file, `-` being standard input, or from the run.json or manifest.json of a
 * result, which it then reproduces; a warning on standard error says that another version wrote it. A file that the
 * configuration names (relative to it) is read in: noise as a table, heads, points. Throws a ConfigError with everything that is wrong.
 */
export function load(path: string): Config {
  const document = readDocument(
    refusing("", () => readText(path)),
    path,
  );
  const recorded = recordedConfig(document.value);
  if (recorded) warnOf(recorded.version);
  const plain = configOf(recorded ? { ...document, value: recorded.config } : document);
  const config = loadArrays(plain, besideFile(path, "."), recorded !== null);
  const read = withIncrements(config, path);
  if (read !== plain) checkConfig(read);
  return read;
}

/** The same for a command. A signal ends it while it waits for a pipe; while it reads a file, it is heard right after. */
export const listening = async (path: string, interrupts: Interrupts): Promise<Config> =>
  mayBlock(path) ? await interrupts.blocking(() => load(path)) : load(path);

/** The same for a command that holds its interrupts from then on. */
export async function loadHeard(path: string, interrupts: Interrupts): Promise<Config> {
  const config = await listening(path, interrupts);
  interrupts.hold();
  return config;
}

function withIncrements(config: Config, path: string): Config {
  const { noise } = config;
  if (noise.kind !== "file") return config;
  const text = refusing("noise.path: ", () => readText(besideFile(path, noise.path)));
  const increments = readIncrements(noise.path, text);
  return { ...config, noise: { kind: "table", increments } };
}

function warnOf(version: string): void {
  const own = packageFacts();
  if (version === own.version) return;
  process.stderr.write(
    `The result was written by ${own.name} ${quoted(version)}, and this is ${own.version}: its numbers may differ.\n`,
  );
}
