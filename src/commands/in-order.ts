/** The entries in the order of these names: the keys of a stored result have another one. */
export const inOrder = <T>(
  entries: Readonly<Record<string, T>>,
  names: readonly string[],
): (readonly [name: string, entry: T])[] =>
  [...new Set(names)].filter((name) => name in entries).map((name) => [name, entries[name]]);
