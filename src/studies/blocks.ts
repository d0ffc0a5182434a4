/** What was found of the pieces from .. to - 1 of some work. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** Set where piece `to` could not be finished, or was not to be: nothing after it counts. */
  readonly ended?: boolean;
}

/** Blocks that come in any order. */
export interface GatheredBlocks<B extends Block> {
  take(block: B): void;
  /** All pieces from the first one on without a gap; null while the first one is missing. */
  readonly prefix: B | null;
}

/**
 * Joins blocks to their neighbours as they come, so that no more of them wait than there are gaps. `join` is given neighbours
 * in order; where it is associative the prefix does not depend on the order in which blocks come, nor on the cut.
 */
export function gatherBlocks<B extends Block>(join: (left: B, right: B) => B): GatheredBlocks<B> {
  let islands: B[] = [];
  return {
    take(block) {
      const joined: B[] = [];
      for (const next of [...islands, block].sort((a, b) => a.from - b.from || a.to - b.to)) {
        const last = joined[joined.length - 1];
        if (last?.ended) break;
        if (last?.to === next.from) joined[joined.length - 1] = join(last, next);
        else joined.push(next);
      }
      islands = joined;
    },
    get prefix() {
      return islands[0]?.from === 0 ? islands[0] : null;
    },
  };
}

/** The largest block of at most `wanted` pieces that is one node of the binary tree over all pieces: a power of two that divides `from`. */
export function blockSize(from: number, wanted: number): number {
  let size = 1;
  while (2 * size <= wanted && from % (2 * size) === 0) size *= 2;
  return size;
}
