import { ConfigError } from "./contract/config-error.js";
import { readJson, type Document } from "./read-json.js";
import { readYaml } from "./read-yaml.js";

/**
 * A configuration's text, JSON or YAML: the content decides, and of what begins like JSON and is none, the file's ending says
 * as which of them its faults are told. Throws a ConfigError for what can be read as neither.
 */
export function readDocument(text: string, name: string): Document {
  if (!/^\ufeff?\s*(?:[[{]|\/[/*]|$)/.test(text)) return readYaml(text);
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof ConfigError) || name.endsWith(".json")) throw error;
    if (/\.ya?ml$/i.test(name)) return readYaml(text);
    try {
      return readYaml(text);
    } catch {
      throw error;
    }
  }
}
