/** Longest piece of a user's own text in a message. */
const LONGEST = 60;

/** A user's text as it stands in a message: in quotes, on one line, and not too long of it. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).replace(
    // Separators that JSON lets through and a terminal does not.
    /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** Keys that need no quotes. */
const PLAIN = new RegExp(`^[\\p{L}_$][\\p{L}\\p{N}_$-]{0,${LONGEST - 1}}$`, "u");

/** ["initial", "points", 1, 0] -> "initial.points[1][0]"; a key with other signs in it stands in quotes. */
export function pathName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "config";
  return path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${key}]`;
    const name = String(key);
    if (!PLAIN.test(name)) return `${before}[${quoted(name)}]`;
    return before ? `${before}.${name}` : name;
  }, "");
}

/** The keys of a path's name: the way back. */
export function keysOf(name: string): (string | number)[] {
  if (name === "config") return [];
  return [...name.matchAll(/\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\]|([^.[\]]+)/g)].map(([, index, text, plain]) =>
    index !== undefined ? Number(index) : text !== undefined ? (JSON.parse(text) as string) : plain,
  );
}
