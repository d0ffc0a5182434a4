import { maybe, type Wants } from "../numerics/options.js";
import type { Block } from "./blocks.js";
import { Stopped } from "../../solvers/simulate.js";

/** Which paths a study solves, and who may end it early. */
export interface StudyPaths {
  /** Paths are labelled 0 .. paths-1, or by `seeds`: different whole numbers. */
  readonly paths?: number;
  readonly seeds?: readonly number[];
  /** Called after every path. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked before every solution: true ends the study there with the paths that are finished. */
  readonly stopping?: () => boolean;
}

/** The same for users of plain JavaScript; what paths and seeds may be is said by `pathLabels`. */
export const PATHS: Wants<StudyPaths> = {
  paths: maybe("anything"),
  seeds: maybe("anything"),
  onProgress: maybe("function"),
  stopping: maybe("function"),
};

/** Where a study ended early. Only paths that were finished at every level count. */
export type StudyStop = {
  /** Label of the path that could not be finished. */
  readonly path: number;
  /** Steps or tokens it was solved with, where that is known. */
  readonly level?: number;
  /** Time it came to, where that is known. */
  readonly time?: number;
  readonly cause: string;
  /** Set when the user asked for the end. */
  readonly interrupted?: true;
  /** Paths that are finished. */
  readonly done: number;
  /** Paths that were asked for. */
  readonly of: number;
  readonly unit: "paths";
};

/** One solution of a path; `who` is said of what the study itself does not solve, such as "the reference". */
export type At = <T>(level: number | undefined, solve: () => T, who?: string) => T;

/** A study in two halves: what one path gives, and what all of them say. */
export interface PathStudy<Result> {
  readonly labels: readonly number[];
  /** Solves path `label` through `at`, once a level: the numbers of it that the study keeps, always as many. */
  follow(label: number, at: At): Float64Array;
  conclude(found: FoundPaths): Result;
}

/** The numbers of the paths at the places from .. to - 1 of a study's labels, as plain data that another thread can carry. */
export interface FoundPaths extends Block {
  /** [to - from] */
  readonly rows: Float64Array[];
  readonly stopped?: StudyStop;
}

/** Two neighbouring blocks of one study; the rows of the first are those of both from then on. */
export function joinFoundPaths(left: FoundPaths, right: FoundPaths): FoundPaths {
  const { from, rows } = left;
  for (const row of right.rows) rows.push(row);
  return { ...right, from, rows };
}

/**
 * Solves path after path, all of them unless told which, and keeps those that were finished at every level. A `Stopped` thrown
 * in a solution, or an interrupt, ends the study there. Everything else that is thrown is a mistake and goes on to the caller.
 */
export function followPaths(
  { labels, follow }: PathStudy<unknown>,
  { onProgress, stopping }: Pick<StudyPaths, "onProgress" | "stopping">,
  [from, to]: readonly [from: number, to: number] = [0, labels.length],
): FoundPaths {
  let place: { readonly level?: number; readonly who?: string } = {};
  const at: At = (level, solve, who) => {
    place = { level, who };
    if (stopping?.()) throw new Stopped("interrupted", { interrupted: true });
    return solve();
  };
  const of = labels.length;
  const rows: Float64Array[] = [];
  // One piece of memory is quicker to send than many.
  let numbers: Float64Array | undefined;
  for (let done = from; done < to; done++) {
    const label = labels[done];
    try {
      const row = follow(label, at);
      numbers ??= new Float64Array((to - from) * row.length);
      const kept = numbers.subarray((done - from) * row.length, (done - from + 1) * row.length);
      kept.set(row);
      rows.push(kept);
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      const { level, who } = place;
      const { message, time, interrupted } = error;
      const cause = interrupted || who === undefined ? message : `${who}: ${message}`;
      const where = {
        path: label,
        ...(level !== undefined && { level }),
        ...(time !== undefined && { time }),
      };
      return {
        from,
        to: done,
        ended: true,
        rows,
        stopped: { ...where, cause, ...(interrupted && { interrupted }), done, of, unit: "paths" },
      };
    }
    onProgress?.(done + 1 - from, of);
  }
  return { from, to, rows };
}

/** Both halves, one after the other. */
export const studied = <Result>(
  study: PathStudy<Result>,
  options: Pick<StudyPaths, "onProgress" | "stopping">,
): Result => study.conclude(followPaths(study, options));

/** One number of every path. */
export const columnOf = ({ rows }: FoundPaths, at: number): Float64Array =>
  Float64Array.from(rows, (row) => row[at]);

/** What a reader must know of means over fewer paths than were asked for. */
export function stopNotes(stopped: StudyStop | undefined, unit: "steps" | "tokens"): string[] {
  if (!stopped) return [];
  const { path, level, time, cause, interrupted, done, of } = stopped;
  const means = done === 0 ? "no path was finished" : `all means are over the ${count(done)} before it`;
  if (interrupted) return [`interrupted in path ${path}, after ${done} of ${count(of)}: ${means}`];
  const where = [
    ...(level === undefined ? [] : [`with ${level} ${unit}`]),
    ...(time === undefined ? [] : [`at t = ${time}`]),
  ];
  return [`path ${path} stopped${where.map((text) => ` ${text}`).join("")} (${cause}): ${means}`];
}

const count = (paths: number): string => `${paths} path${paths === 1 ? "" : "s"}`;

/** The labels of a study's paths. A RangeError unless they are two or more, all different. */
export function pathLabels(what: string, { paths, seeds }: StudyPaths): readonly number[] {
  if ((paths === undefined) === (seeds === undefined))
    throw new RangeError(`${what}: give either paths (a number) or seeds (a list)`);
  if (seeds === undefined) {
    if (!(Number.isSafeInteger(paths) && paths! >= 2))
      throw new RangeError(`${what}: ${JSON.stringify(paths)} paths, want a whole number from 2 up`);
    return Array.from({ length: paths! }, (_, i) => i);
  }
  if (!(Array.isArray(seeds) && seeds.length >= 2))
    throw new RangeError(`${what}: seeds ${JSON.stringify(seeds)}, want at least two whole numbers`);
  const seen = new Map<number, number>();
  seeds.forEach((seed: unknown, i) => {
    if (!(typeof seed === "number" && Number.isSafeInteger(seed) && seed >= 0))
      throw new RangeError(`${what}: seeds[${i}] is ${String(seed)}, want a whole number from 0 up`);
    if (seen.has(seed))
      throw new RangeError(
        `${what}: seeds[${i}] is ${seed} like seeds[${seen.get(seed)}]; a path taken twice makes intervals too narrow, want different ones`,
      );
    seen.set(seed, i);
  });
  return seeds;
}

/** A RangeError unless levels are at least two different whole numbers above zero, in rising order. */
export function checkLevels(what: string, levels: readonly number[]): void {
  const rises = (v: unknown, i: number): boolean =>
    typeof v === "number" && Number.isSafeInteger(v) && v > 0 && (i === 0 || v > levels[i - 1]);
  if (!(Array.isArray(levels) && levels.length >= 2 && levels.every(rises)))
    throw new RangeError(
      `${what}: levels ${JSON.stringify(levels)}, want at least two rising whole numbers above zero`,
    );
}

/** The levels that have an error: all, or all but the last where that is the reference. A RangeError below two. */
export function judgedLevels(
  what: string,
  levels: readonly number[],
  lastIsReference: boolean,
): readonly number[] {
  const judged = lastIsReference ? levels.slice(0, -1) : levels;
  if (judged.length < 2) throw new RangeError(`${what}: the reference "finest" wants at least three levels`);
  return judged;
}
