import { nearest } from "./nearest.js";

/*
 * What the compiler tells users of TypeScript, told to everybody else: which option is missing, misspelt, or of a wrong kind.
 */

/** What an option is to be. A list of values allows these alone. */
export type Want =
  | "anything"
  | "number"
  | "whole"
  | "string"
  | "boolean"
  | "function"
  | "object"
  | "numbers"
  | readonly (string | boolean)[]
  | Shape
  | { readonly list: Want }
  | { readonly each: Want }
  | Optional;

/** An object with these members at least. */
export interface Shape {
  /** What it is, for a sentence: "a scheme, such as eulerMaruyama". */
  readonly what: string;
  readonly members: Readonly<Record<string, Want>>;
  /** Set where a function gives one as well. */
  readonly orFunction?: true;
}

export interface Optional {
  readonly optional: Want;
}

export const maybe = (optional: Want): Optional => ({ optional });

/** The options of a function: every one that it knows. */
export type Wants<Options> = Readonly<Record<keyof Options & string, Want>>;

/**
 * Throws a RangeError, one sentence that begins with `where`, unless `given` is an object that has the options it must, no
 * other ones, and each of the kind wanted. An option that is undefined counts as not given.
 */
export function checkOptions<Options extends object>(
  where: string,
  given: Options,
  wants: Wants<Options>,
): void {
  if (!isObject(given)) throw new RangeError(`${where}: want an object of options, not ${shown(given)}`);
  const known = Object.keys(wants);
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue;
    const near = nearest(key, known);
    const help = near ? `did you mean "${near}"?` : `want ${known.join(", ")}`;
    throw new RangeError(`${where}: "${cut(key)}" is no option of it; ${help}`);
  }
  for (const key of known) {
    const fault = faultOf(
      (given as Readonly<Record<string, unknown>>)[key],
      wants[key as keyof typeof wants],
    );
    if (fault !== null) throw new RangeError(`${where}: ${key}${fault}`);
  }
}

/** Throws a RangeError, `where` and what is wrong, unless the value is what is wanted. */
export function checkValue(where: string, value: unknown, want: Want): void {
  const fault = faultOf(value, want);
  if (fault !== null) throw new RangeError(`${where}${fault}`);
}

/** What is wrong with a value, to be read after its name; null where nothing is. */
function faultOf(value: unknown, want: Want): string | null {
  if (typeof want === "object" && "optional" in want)
    return value === undefined ? null : faultOf(value, want.optional);
  if (value === undefined) return ` is missing, want ${phrase(want)}`;
  if (typeof want === "object" && "members" in want) return shapeFault(value, want);
  if (typeof want === "object" && "list" in want) {
    if (Array.isArray(value)) return first(value.entries(), (i) => `[${i}]`, want.list);
  } else if (typeof want === "object" && "each" in want) {
    if (isObject(value)) return first(Object.entries(value), (key) => `["${cut(key)}"]`, want.each);
  } else if (fits(value, want)) return null;
  return ` is ${shown(value)}, want ${phrase(want)}`;
}

function fits(
  value: unknown,
  want: Exclude<Want, Shape | Optional | { list: Want } | { each: Want }>,
): boolean {
  switch (want) {
    case "anything":
      return true;
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "whole":
      return Number.isSafeInteger(value) && Number(value) > 0;
    case "object":
      return isObject(value);
    case "numbers":
      return typeof value === "object" && value !== null && !(value instanceof Promise);
    case "string":
    case "boolean":
    case "function":
      return typeof value === want;
    default:
      return want.some((allowed) => allowed === value);
  }
}

function shapeFault(value: unknown, want: Shape): string | null {
  if (want.orFunction && typeof value === "function") return null;
  if (!isObject(value)) return ` is ${shown(value)}, want ${want.what}`;
  for (const [member, kind] of Object.entries(want.members)) {
    const found = (value as Readonly<Record<string, unknown>>)[member];
    if (found === undefined && !(typeof kind === "object" && "optional" in kind)) {
      return ` has no ${member}, want ${want.what}`;
    }
    const fault = faultOf(found, kind);
    if (fault !== null) return `.${member}${fault}`;
  }
  return null;
}

function first<Key>(
  entries: Iterable<[Key, unknown]>,
  place: (key: Key) => string,
  want: Want,
): string | null {
  for (const [key, entry] of entries) {
    const fault = faultOf(entry, want);
    if (fault !== null) return place(key) + fault;
  }
  return null;
}

function phrase(want: Want): string {
  if (typeof want === "string") return want === "anything" ? "one" : PHRASES[want];
  if ("members" in want) return want.what;
  if ("optional" in want) return phrase(want.optional);
  if ("list" in want) return `a list, every entry ${phrase(want.list)}`;
  if ("each" in want) return `an object, every entry ${phrase(want.each)}`;
  return want.map((value) => JSON.stringify(value)).join(" or ");
}

const PHRASES = {
  number: "a finite number",
  whole: "a whole number above zero",
  string: "a string",
  boolean: "true or false",
  function: "a function",
  object: "an object",
  numbers: "numbers in a list or an ndarray",
} as const;

/** A value as a sentence names it. */
function shown(value: unknown): string {
  if (typeof value === "string") return `the string ${JSON.stringify(cut(value))}`;
  if (typeof value === "function") return "a function";
  if (typeof value === "symbol") return "a symbol";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return "a list";
  return value instanceof Promise ? "a Promise" : "an object";
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
