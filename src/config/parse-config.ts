import type { z } from "zod";
import { configSchema, type Config } from "./config.js";
import { checkConfig } from "./check-config.js";
import { ConfigError } from "./contract/config-error.js";

/**
 * A validated configuration from JSON text or from an object, defaults filled in. Throws a ConfigError that names the
 * key's path. NaN and Infinity, which JSON does not have but programs like to print, are reported by path as well.
 */
export function parseConfig(source: string | object): Config {
  const result = configSchema.safeParse(typeof source === "string" ? parseJson(source) : source);
  if (!result.success) throw new ConfigError(sentence(result.error.issues[0]));
  checkConfig(result.data);
  return result.data;
}

const BARE = /-?\b(?:NaN|Infinity)\b/;

/** JSON.parse that lets bare NaN and Infinity through as numbers, so that the schema can name their place. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (BARE.test(text)) {
      const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
        token.startsWith('"') ? token : "1e999",
      );
      try {
        return JSON.parse(marked);
      } catch {
        // Something else is wrong as well: report that.
      }
    }
    throw new ConfigError(`config: not valid JSON: ${(error as Error).message}`);
  }
}

type Issue = z.core.$ZodIssue;

/** The one sentence for an issue. Of a union the branch that got furthest speaks. */
function sentence(issue: Issue, prefix: readonly PropertyKey[] = []): string {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const branches = issue.errors.map((errors) => errors[0]);
    const deepest = branches.reduce((a, b) => (b.path.length > a.path.length ? b : a));
    if (deepest.path.length > 0) return sentence(deepest, path);
    return `${pathName(path)}: ${branches.map((b) => describe(b)).join(", or ")}`;
  }
  if (issue.code === "unrecognized_keys") {
    return `${pathName([...path, issue.keys[0]])}: is not a key that is known here`;
  }
  return `${pathName(path)}: ${describe(issue)}`;
}

function describe(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `want ${article(issue.expected)}`;
    case "invalid_value":
      return `want ${issue.values.map((v) => JSON.stringify(v)).join(" or ")}`;
    case "invalid_union":
      return `want one of ${"options" in issue ? (issue.options as unknown[]).map((o) => JSON.stringify(o)).join(", ") : "the forms described in the README"}`;
    case "too_small":
      return issue.origin === "array"
        ? `has too few entries, want at least ${issue.minimum}`
        : issue.origin === "string"
          ? "is empty"
          : `is too small, want a number ${issue.inclusive ? "of at least" : "greater than"} ${issue.minimum}`;
    case "too_big":
      return `is too large, want at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const article = (expected: string): string =>
  ({
    number: "a finite number",
    int: "a whole number",
    array: "a list",
    object: "an object",
    string: "a string",
  })[expected] ?? expected;

/** ["initial", "points", 1, 0] -> "initial.points[1][0]" */
export function pathName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "config";
  return path.reduce<string>(
    (s, key) => (typeof key === "number" ? `${s}[${key}]` : s ? `${s}.${String(key)}` : String(key)),
    "",
  );
}
