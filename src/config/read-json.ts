import { ENOUGH, refuse, type Fault } from "./contract/config-error.js";
import { pathName, quoted } from "./contract/path-name.js";

/** What a text holds, and what is wrong with it although it can be read. */
export interface Document {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

/** Lists and objects inside one another; a configuration needs six. */
export const DEEPEST = 100;

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const LIKE_A_NUMBER = /^[+-]?(?:[\d.]|nan$|inf(?:inity)?$)/i;
const WORDS: ReadonlyMap<string, unknown> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/**
 * JSON (RFC 8259), read so that its faults can be told: line and column of what is no JSON, and the path of a key that
 * stands twice. NaN, Infinity, 0x10 and the like, which JSON does not have but programs and people write, become NaN, so
 * that a schema can name their place. Throws a ConfigError for what cannot be read.
 */
export function readJson(given: string): Document {
  const text = given.startsWith("\ufeff") ? given.slice(1) : given;
  const faults: Fault[] = [];
  const path: (string | number)[] = [];
  let at = 0;

  const wrong = (what: string, where = at): never =>
    refuse("config", `not valid JSON: ${placeOf(text, where)}: ${what}`);

  const skip = (): void => {
    while (" \t\n\r".includes(text[at]) && at < text.length) at++;
    if (text[at] === "#" || text.startsWith("//", at) || text.startsWith("/*", at)) {
      wrong("a comment, which JSON does not have; take it away, or write YAML");
    }
  };

  /** What stands where something else should. */
  const instead = (want: string): never => {
    if (at >= text.length) return wrong(`the text ends here; want ${want}`);
    if (text[at] === "'") return wrong("text in single quotes; want double quotes");
    return wrong(`${quoted([...text.slice(at, at + 2)][0])} stands here; want ${want}`);
  };

  const readText = (): string => {
    const start = at;
    for (at++; text[at] !== '"'; at++) {
      if (at >= text.length) wrong("text that never ends; want its closing quote", start);
      if (text[at] === "\n") wrong("a line ends inside quotes; want the closing quote before");
      if (text[at] === "\\") at++;
    }
    try {
      return JSON.parse(text.slice(start, ++at)) as string;
    } catch {
      return wrong("text in quotes holds a control character or an escape that JSON does not have", start);
    }
  };

  const word = /[\w.+-]*/y;
  const readWord = (): unknown => {
    const start = (word.lastIndex = at);
    const [found] = word.exec(text)!;
    at += found.length;
    if (NUMBER.test(found)) return Number(found);
    if (WORDS.has(found)) return WORDS.get(found);
    if (LIKE_A_NUMBER.test(found)) return NaN;
    if (found !== "") return wrong(`${quoted(found)} stands without quotes`, start);
    return instead("a value");
  };

  /** The entries between brackets, each read by `entry`. */
  const readEntries = (close: "]" | "}", entry: () => void): void => {
    if (path.length >= DEEPEST) wrong(`more than ${DEEPEST} brackets inside one another`);
    at++;
    skip();
    if (text[at] === close) return void at++;
    for (;;) {
      entry();
      skip();
      if (text[at] === close) return void at++;
      if (text[at] !== ",") instead(`"," or "${close}"`);
      const comma = at++;
      skip();
      if (text[at] === close) wrong(`a comma before "${close}"; take it away`, comma);
    }
  };

  const readList = (): unknown[] => {
    const list: unknown[] = [];
    readEntries("]", () => {
      path.push(list.length);
      list.push(readValue());
      path.pop();
    });
    return list;
  };

  const readObject = (): object => {
    const object = {};
    readEntries("}", () => {
      if (text[at] !== '"') instead("a key in double quotes");
      const start = at;
      const key = readText();
      path.push(key);
      // To find a line takes as long as the text before it.
      if (Object.hasOwn(object, key) && faults.length < ENOUGH) {
        faults.push({ path: pathName(path), message: `stands twice, again in ${placeOf(text, start)}` });
      }
      skip();
      if (text[at] !== ":") instead('":"');
      at++;
      // A key named __proto__ is a key like any other.
      Object.defineProperty(object, key, {
        value: readValue(),
        writable: true,
        enumerable: true,
        configurable: true,
      });
      path.pop();
    });
    return object;
  };

  const readValue = (): unknown => {
    skip();
    switch (text[at]) {
      case "{":
        return readObject();
      case "[":
        return readList();
      case '"':
        return readText();
      default:
        return readWord();
    }
  };

  skip();
  if (at >= text.length) refuse("config", "is empty; want an object");
  const value = readValue();
  skip();
  if (at < text.length) instead("the end of the text");
  return { value, faults };
}

/** "line 3, column 14" */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return `line ${line}, column ${offset - before.lastIndexOf("\n")}`;
}
