import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document as Yaml } from "yaml";
import { refuse, type Fault } from "./contract/config-error.js";
import { pathName } from "./contract/path-name.js";
import { DEEPEST, type Document } from "./read-json.js";

/** Characters of YAML that are read; a table of numbers that long is better JSON or a file of its own. */
const LONGEST = 16 * 2 ** 20;

/** Uses of anchors in all, those within what an anchor names counted with it. */
const ALIASES = 100;

/**
 * YAML 1.2 with its core schema: dates and the like stay text, there are no tags of one's own and no merging of keys. Throws
 * a ConfigError with line and column for what cannot be read; a key that stands twice is a fault with its path.
 */
export function readYaml(text: string): Document {
  if (text.trim() === "") refuse("config", "is empty; want an object");
  if (text.length > LONGEST) {
    refuse("config", `has ${text.length} characters of YAML, want at most ${LONGEST}, or JSON`);
  }
  const lines = new LineCounter();
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `line ${line}, column ${col}`;
  };
  // The parser calls itself for every level, and Node itself can end where its stack does.
  if (deepest(text) > DEEPEST)
    refuse("config", `not valid YAML: more than ${DEEPEST} levels inside one another`);
  const yaml = parseDocument(text, {
    version: "1.2",
    schema: "core",
    resolveKnownTags: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
  });
  const [problem] = [...yaml.errors, ...yaml.warnings];
  if (problem) {
    const [first] = problem.message.split("\n");
    const what =
      problem.code === "MULTIPLE_DOCS"
        ? "a second document begins here; want a single one"
        : first.replace(/[.:]$/, "");
    refuse("config", `not valid YAML: ${place(problem.pos[0])}: ${what}`);
  }
  return { value: valueOf(yaml), faults: repeatedKeys(yaml, place) };
}

/** A bound on the levels of a text, from brackets and, as every level begins further right, from indentation. */
function deepest(text: string): number {
  let most = 0;
  let open = 0;
  for (const line of text.split("\n")) {
    most = Math.max(most, /^[ \t?-]*/.exec(line)![0].length / 2);
    for (const [sign] of line.replace(/(^|\s)#.*/, "").matchAll(/[[\]{}]/g)) {
      open = sign === "[" || sign === "{" ? open + 1 : Math.max(0, open - 1);
      most = Math.max(most, open);
    }
  }
  return most;
}

function valueOf(yaml: Yaml): unknown {
  try {
    return yaml.toJS({ maxAliasCount: ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refuse(
      "config",
      `has an alias without its anchor, or more than ${ALIASES} uses of anchors; want the values written out`,
    );
  }
}

function repeatedKeys(yaml: Yaml, place: (offset: number) => string): Fault[] {
  const faults: Fault[] = [];
  const walk = (node: unknown, path: readonly PropertyKey[]): void => {
    if (isSeq(node)) node.items.forEach((item, i) => walk(item, [...path, i]));
    if (!isMap(node)) return;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const at = [...path, name];
      if (seen.has(name)) {
        faults.push({ path: pathName(at), message: `stands twice, again in ${place(key.range![0])}` });
      }
      seen.add(name);
      walk(value, at);
    }
  };
  walk(yaml.contents, []);
  return faults;
}
