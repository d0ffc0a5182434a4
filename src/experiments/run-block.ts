import { joinMoments, type Moments } from "../studies/moments.js";
import type { Block } from "../studies/blocks.js";
import type { Diagnostics } from "../types.js";
import type { Final } from "./final-state.js";
import type { Stop } from "./stop.js";

/** What was found of the paths from .. to - 1 of a run, as plain data that another thread can carry. */
export interface RunBlock extends Block {
  /** Times of observation, the same for all paths; empty while no path was finished. */
  readonly times: readonly number[];
  /** Of the observables' numbers [observables * times] over the finished paths. */
  readonly moments: Moments;
  readonly diagnostics: Diagnostics;
  /** With one path only, while it is finite. */
  readonly final?: Final;
  readonly stopped?: RunStop;
  /** What was seen of a first path that could not be finished: all there is. */
  readonly seen?: Seen;
}

export type Seen = {
  readonly times: readonly number[];
  readonly values: Readonly<Record<string, readonly number[]>>;
};

/** How far a run came: in paths, or in steps when there is one path. */
export type RunStop = Stop & {
  readonly path: number;
  readonly time: number;
  /** What was seen of the path that could not be finished. In no mean, but for that of a first path. */
  readonly observables?: Readonly<
    Record<string, { readonly time: readonly number[]; readonly value: readonly number[] }>
  >;
};

/** Two blocks of one run of which the second begins where the first one ends. */
export const joinRunBlocks = (left: RunBlock, right: RunBlock): RunBlock => ({
  ...right,
  from: left.from,
  times: left.times.length > 0 ? left.times : right.times,
  moments: joinMoments(left.moments, right.moments),
  diagnostics: joinDiagnostics(left.diagnostics, right.diagnostics),
});

/** Of the last path, but for what is said of all: whether densities were resolved, since when not, and on how many paths. */
function joinDiagnostics(left: Diagnostics, right: Diagnostics): Diagnostics {
  if (left.resolved === undefined || (left.resolved && right.resolved)) return right;
  const earliest = (key: "unresolvedAt" | "tailedAt") => {
    const times = [left[key], right[key]].filter((time) => typeof time === "number");
    return times.length > 0 ? { [key]: Math.min(...times) } : {};
  };
  const tailed = earliest("tailedAt");
  // The note tells when the first tail grew too long; one of a density that was left is of the last path.
  const told = right.continuedBy === undefined && tailed.tailedAt === left.tailedAt ? left : right;
  return {
    ...right,
    resolved: false,
    ...earliest("unresolvedAt"),
    ...tailed,
    unresolvedPaths: Number(left.unresolvedPaths ?? 0) + Number(right.unresolvedPaths ?? 0),
    ...(told.note !== undefined && { note: told.note }),
  };
}

/**
 * One block of all the blocks of a run, in whatever order they came and however the paths were cut: the bits depend on the paths
 * alone. A path that could not be finished ends it, and what comes after does not count. Throws a RangeError for blocks
 * with a gap, or of which two have a path in common.
 */
export function mergeBlocks(blocks: readonly RunBlock[]): RunBlock {
  const [first, ...rest] = [...blocks].sort((a, b) => a.from - b.from || a.to - b.to);
  if (!first) throw new RangeError("mergeBlocks: no blocks, want at least one");
  return rest.reduce((left, right) => {
    if (left.ended) return left;
    if (right.from === left.to) return joinRunBlocks(left, right);
    throw new RangeError(
      `mergeBlocks: a block of the paths from ${right.from} on after those below ${left.to}, want them without gap or overlap`,
    );
  }, first);
}
