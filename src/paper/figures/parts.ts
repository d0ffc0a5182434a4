import type { Keep, Rows } from "./rows.js";

/** A piece of work that knows nothing of the others, so that threads can share them. */
export interface Piece {
  /** Units of progress that it makes. */
  readonly counts: number;
  /** What it finds, as plain data that another thread can carry; `tick` is called for every unit. */
  readonly compute: (tick: () => void) => unknown;
  /** The rows that are known with it. */
  readonly rows: (found: unknown) => readonly Rows[];
}

/** Pieces, and what is made of all that they find, in their order; rows that are known only then go to `keep`. */
export interface Parts<T> {
  readonly pieces: readonly Piece[];
  readonly join: (found: readonly unknown[], keep: Keep) => T;
}

/** A piece for every item: one unit each, or `counts` of them, which it ticks itself. */
export const each = <Item, T>(
  items: readonly Item[],
  compute: (item: Item, tick: () => void) => T,
  {
    counts,
    rows,
  }: {
    readonly counts?: number;
    readonly rows?: (found: T, item: Item) => readonly Rows[];
  } = {},
): Parts<readonly T[]> => ({
  pieces: items.map((item) => ({
    counts: counts ?? 1,
    compute: (tick) => {
      const found = compute(item, tick);
      if (counts === undefined) tick();
      return found;
    },
    rows: (found) => rows?.(found as T, item) ?? [],
  })),
  join: (found) => found as readonly T[],
});

/** Parts by name, one after the other. */
export function together<T extends object>(parts: { readonly [Name in keyof T]: Parts<T[Name]> }): Parts<T> {
  const entries = Object.entries<Parts<unknown>>(parts);
  return {
    pieces: entries.flatMap(([, { pieces }]) => pieces),
    join(found, keep) {
      let at = 0;
      return Object.fromEntries(
        entries.map(([name, { pieces, join }]) => [name, join(found.slice(at, (at += pieces.length)), keep)]),
      ) as T;
    },
  };
}

/** Parts of one kind, one after the other. */
export const inTurn = <T>(parts: readonly Parts<T>[]): Parts<readonly T[]> => {
  const { pieces, join } = together<Record<string, T>>(
    Object.fromEntries(parts.map((part, i) => [`part ${i}`, part])),
  );
  return { pieces, join: (found, keep) => Object.values(join(found, keep)) };
};

/** What is made of what was found. */
export const madeOf = <T, U>({ pieces, join }: Parts<T>, make: (found: T, keep: Keep) => U): Parts<U> => ({
  pieces,
  join: (found, keep) => make(join(found, keep), keep),
});

/** Paths 0 .. count - 1. */
export const numbered = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** What is planned when it is first used, and kept. */
export function lazily<T extends object>(plan: () => T): () => T {
  let planned: T | undefined;
  return () => (planned ??= plan());
}
