import type * as z from "zod";
import { ENOUGH, type Fault } from "./contract/config-error.js";
import { pathName } from "./contract/path-name.js";
import { entryOf, knownKeys } from "./known-keys.js";
import { nearest } from "../numerics/nearest.js";

type Issue = z.core.$ZodIssue;

/** What a schema found wrong with `source`, a sentence for every place. */
export function schemaFaults(issues: readonly Issue[], source: unknown): Fault[] {
  // Of several findings at one place the last is the narrowest.
  const faults = new Map<string, Fault>();
  for (const issue of issues.slice(0, ENOUGH)) {
    for (const fault of faultsOfIssue(issue, [], source)) faults.set(fault.path, fault);
  }
  return [...faults.values()];
}

/** Of a union the branch that got furthest speaks. */
function faultsOfIssue(issue: Issue, prefix: readonly PropertyKey[], source: unknown): Fault[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const deepest = issue.errors.reduce((a, b) => (b[0].path.length > a[0].path.length ? b : a));
    if (deepest[0].path.length > 0) {
      return deepest.slice(0, ENOUGH).flatMap((each) => faultsOfIssue(each, path, source));
    }
    const wants = issue.errors.map(([first]) => wanted(first)).join(", or ");
    const names = issue.errors.flatMap(([first]) => namesOf(first));
    return [{ path: pathName(path), message: sentence(wants, names, path, source) }];
  }
  if (issue.code === "unrecognized_keys") {
    const meantBy = knownKeys(path, source);
    return issue.keys.slice(0, ENOUGH).map((key) => {
      const meant = meantBy(key);
      const hint = meant === null ? "" : `; did you mean "${meant}"?`;
      return { path: pathName([...path, key]), message: `is not a key that is known here${hint}` };
    });
  }
  const message = isWanted(issue) ? sentence(wanted(issue), namesOf(issue), path, source) : otherwise(issue);
  return [{ path: pathName(path), message }];
}

/** "want …", said of what is there, or of what is not. */
function sentence(
  want: string,
  names: readonly string[],
  path: readonly PropertyKey[],
  source: unknown,
): string {
  const value = path.reduce(entryOf, source);
  if (value === undefined) return `is missing; want ${want}`;
  const meant = typeof value === "string" ? nearest(value, names) : null;
  return `want ${want}${meant === null ? "" : `; did you mean "${meant}"?`}`;
}

const isWanted = ({ code }: Issue): boolean =>
  code === "invalid_type" || code === "invalid_value" || code === "invalid_union";

/** What would be right. */
function wanted(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return KINDS.get(issue.expected) ?? issue.expected;
    case "invalid_value":
    case "invalid_union":
      return namesOf(issue)
        .map((name) => JSON.stringify(name))
        .join(" or ");
    default:
      return otherwise(issue).replace(/^.*want /, "");
  }
}

/** The words that a value may be. */
function namesOf(issue: Issue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code === "invalid_union" && "options" in issue) return (issue.options as unknown[]).map(String);
  return [];
}

function otherwise(issue: Issue): string {
  switch (issue.code) {
    case "too_small":
      return issue.origin === "array"
        ? `has too few entries, want at least ${issue.minimum}`
        : issue.origin === "string"
          ? "is empty, want text"
          : `is too small, want a number ${issue.inclusive ? "of at least" : "greater than"} ${issue.minimum}`;
    case "too_big":
      return `is too large, want a number of at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ["number", "a finite number"],
  ["int", "a whole number"],
  ["array", "a list"],
  ["object", "an object"],
  ["string", "text"],
]);
