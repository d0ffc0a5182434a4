import { refuse } from "./contract/config-error.js";
import { quoted } from "./contract/path-name.js";
import { entryOf } from "./known-keys.js";

/** The configuration in a result's own record, and the version that wrote it. */
export interface Recorded {
  readonly config: unknown;
  readonly version: string;
}

/**
 * What a run.json or a manifest.json says of the run that it belongs to; null for a plain configuration. Throws a ConfigError
 * with the command that reproduces it for a result that has no configuration: a figure, a table of claims.
 */
export function recordedConfig(value: unknown): Recorded | null {
  const manifest = entryOf(value, "manifest") ?? value;
  const config = entryOf(manifest, "config");
  const version = entryOf(entryOf(manifest, "package"), "version");
  if (config === undefined || typeof version !== "string") return null;
  const command = commandOf(manifest);
  if (command) refuse("config", `is the record of another command, want \`${command}\` to make that again`);
  return { config, version };
}

/** The command that makes a figure or a table of claims again; null for what a configuration makes. */
function commandOf(manifest: unknown): string | null {
  const command = entryOf(manifest, "command");
  const config = entryOf(manifest, "config");
  if (typeof command !== "string") return null;
  if (/^figure \d+$/.test(command)) {
    const quick = entryOf(config, "size") === "quick" ? " --quick" : "";
    const seed = entryOf(manifest, "seed");
    const own = typeof seed === "string" && seed !== "paper" ? ` --seed ${quoted(seed)}` : "";
    return `commonnoise ${command}${quick}${own}`;
  }
  if (command !== "validate") return null;
  const only = entryOf(config, "only");
  return `commonnoise validate${Array.isArray(only) ? ` --only ${only.map(String).join(" ")}` : ""}`;
}
