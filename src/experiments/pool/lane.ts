import { blockSize, gatherBlocks, type Block } from "../../studies/blocks.js";

/** A block takes about this many milliseconds: long beside a message, short beside the whole. */
const WANTED = 50;

/** One lane of some work while it is done: what is left to hand out, and what came back. */
export interface Lane<B extends Block> {
  /** The pieces that are to be computed next, for one of `threads`; null when all are handed out, or no more are wanted. */
  next(threads: number): { readonly from: number; readonly to: number } | null;
  /** Pieces that are left to hand out. */
  readonly waiting: number;
  take(block: B, milliseconds: number): void;
  /** An error in the block that began there: it counts unless the lane ends before it. */
  fail(from: number, error: Error): void;
  /** Whether a block that begins there does not count. */
  past(from: number): boolean;
  /** Whether all pieces are there, or all before one that could not be finished. */
  readonly done: boolean;
  readonly begun: boolean;
  readonly found: B | null;
  readonly error: Error | null;
}

export function lane<B extends Block>(pieces: number, join: (left: B, right: B) => B): Lane<B> {
  const gathered = gatherBlocks(join);
  let [next, limit, wanted] = [0, pieces, 1];
  let failure: { readonly from: number; readonly error: Error } | null = null;
  const reached = (): number => gathered.prefix?.to ?? 0;
  const endedBlock = (): boolean => gathered.prefix?.ended === true;
  return {
    get waiting() {
      return Math.max(0, limit - next);
    },
    past: (from) => from >= limit,
    next(threads) {
      if (next >= limit) return null;
      const from = next;
      next += blockSize(from, Math.max(1, Math.min(wanted, (limit - from) / (2 * threads))));
      return { from, to: next };
    },
    take(block, milliseconds) {
      const size = block.to - block.from;
      if (block.ended) limit = Math.min(limit, block.to);
      else wanted = Math.max(1, Math.min(4 * size, (size * WANTED) / Math.max(milliseconds, 1e-3)));
      gathered.take(block);
    },
    fail(from, error) {
      limit = Math.min(limit, from);
      if (failure === null || from < failure.from) failure = { from, error };
    },
    get done() {
      return endedBlock() || reached() >= (failure?.from ?? pieces);
    },
    get begun() {
      return next > 0;
    },
    get found() {
      return gathered.prefix;
    },
    get error() {
      return failure && !endedBlock() && reached() >= failure.from ? failure.error : null;
    },
  };
}
