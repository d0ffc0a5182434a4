import { checkOptions, maybe } from "../numerics/options.js";
import type { Diagnostics } from "../types.js";
import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import { Stopped } from "../../solvers/simulate.js";
import { square } from "../numerics/square.js";
import { checkResampling, RESAMPLING, type Resampling } from "./bootstrap.js";
import { convergence, type LevelError, type PowerFit } from "./convergence.js";
import {
  checkLevels,
  columnOf,
  judgedLevels,
  pathLabels,
  PATHS,
  stopNotes,
  studied,
  type PathStudy,
  type StudyPaths,
  type StudyStop,
} from "./paths.js";

/** Anybody's solution of a path. */
export interface Solve<State extends NumbersLike = ArrayLike<number>> {
  /**
   * The terminal state of path `path`, solved with `steps` steps: [n*d] numbers, or an ndarray [n,d]. It throws `Stopped`
   * where the path cannot go on.
   */
  (steps: number, path: number): State;
  /** What there is to say of the solutions so far, as `pathwise` does: its `note` becomes one of the study's. */
  diagnostics?(): Diagnostics;
}

/**
 * What is taken for the truth. "finest": the scheme's own solution at the last level, which then shows no error of its
 * own; blind to anything that is wrong at every level alike. Otherwise a solution of the same path: exact, or by an
 * independent scheme (on at least as many steps as the finest level).
 */
export type StrongReference =
  | "finest"
  | { readonly kind: "exact"; readonly solve: (path: number) => NumbersLike }
  | {
      readonly kind: "independent";
      readonly name: string;
      readonly steps: number;
      readonly solve: Solve<NumbersLike>;
    };

export interface StrongStudy extends Resampling, StudyPaths {
  readonly solve: Solve<NumbersLike>;
  /** Numbers of steps, rising. */
  readonly levels: readonly number[];
  /** "finest" unless given. */
  readonly reference?: StrongReference;
  /** Points of a state live in R^dimension; unless given the whole state is one point. */
  readonly dimension?: number;
  /** Distance of two states; the root mean square over points of their Euclidean distances unless given. */
  readonly distance?: (x: ArrayLike<number>, y: ArrayLike<number>) => number;
  readonly scheme?: string;
  /** Random numbers (or any other work) a path costs at a level. */
  readonly work?: (steps: number) => number;
  /** Seconds now, to time every level; without it the result depends on nothing but the data. */
  readonly clock?: () => number;
}

export interface StrongLevel extends LevelError {
  readonly steps: number;
  readonly work?: number;
  /** Mean time of a path. */
  readonly seconds?: number;
}

export interface StrongResult {
  readonly scheme: string;
  readonly reference: string;
  /** Paths that were finished at every level; all numbers are over them. */
  readonly paths: number;
  /** Empty when no path was finished. */
  readonly levels: StrongLevel[];
  /** error ~ constant * steps^(-slope): the slope is the strong order. */
  readonly fit: PowerFit | null;
  /** Set when the study ended early; what was finished until then is kept. */
  readonly stopped?: StudyStop;
  readonly notes: string[];
}

/** Errors below this share of the state are rounding. */
const ROUNDING = 1e-13;

/**
 * The strong order of a method: root mean square over paths of the distance to the reference on the same path, level by
 * level, with bootstrap intervals over whole paths and the fitted order. A path that stops, or whose error is not finite,
 * ends the study with the paths before it. Throws a RangeError for levels, paths or settings that make no study, and for
 * states of another size.
 */
export const studyStrong = (study: StrongStudy): StrongResult => studied(planStrong(study), study);

/** The same in two halves. */
export function planStrong(study: StrongStudy): PathStudy<StrongResult> {
  checkOptions("studyStrong", study, {
    solve: "function",
    levels: "anything",
    reference: maybe("anything"),
    dimension: maybe("number"),
    distance: maybe("function"),
    scheme: maybe("string"),
    work: maybe("function"),
    clock: maybe("function"),
    ...PATHS,
    ...RESAMPLING,
  });
  const { solve, reference = "finest", dimension, scheme = "unnamed", work, clock } = study;
  checkLevels("studyStrong", study.levels);
  checkResampling("studyStrong", study);
  const labels = pathLabels("studyStrong", study);
  const finest = study.levels[study.levels.length - 1];
  const levels = judgedLevels("studyStrong", study.levels, reference === "finest");
  if (typeof reference === "object" && reference.kind === "independent" && !(reference.steps >= finest))
    throw new RangeError(`studyStrong: a reference of ${reference.steps} steps, want at least ${finest}`);
  const costs = work && levels.map((steps) => costOf(work, steps));
  const own = rootMeanSquare(dimension);
  const distance = study.distance ?? own;
  const truth = judge(solve, reference, finest);

  // Of a path: the squared error and the time at every level, and its size.
  const row = new Float64Array(2 * levels.length + 1);
  const [times, size] = [levels.length, 2 * levels.length];
  return {
    labels,
    follow(label, at) {
      const want = at(truth.steps, () => Float64Array.from(numbersOf(truth.of(label))), "the reference");
      row[size] = study.distance ? 0 : own(want, new Float64Array(want.length));
      levels.forEach((steps, i) =>
        at(steps, () => {
          const start = clock?.() ?? 0;
          const state = numbersOf(solve(steps, label));
          row[times + i] = (clock?.() ?? 0) - start;
          const error = distance(state, want);
          row[i] = error * error;
          if (!Number.isFinite(row[i] * labels.length))
            throw new Stopped(`the error is ${error}, and its square is no finite number`);
        }),
      );
      return row;
    },
    conclude(found) {
      const { to: paths, stopped } = found;
      const sizes = columnOf(found, size).reduce((s, v) => s + v * v, 0);
      const {
        levels: errors,
        fit,
        notes,
      } = convergence(
        { levels, unit: "steps", rounding: paths > 0 ? ROUNDING * Math.sqrt(sizes / paths) : 0 },
        levels.map((_, i) => columnOf(found, i)),
        "rms",
        study,
      );
      return {
        scheme,
        reference: describe(reference, finest),
        paths,
        levels: errors.map((error, i) => ({
          steps: levels[i],
          ...error,
          ...(costs && { work: costs[i] }),
          ...(clock && { seconds: columnOf(found, times + i).reduce((s, v) => s + v, 0) / paths }),
        })),
        fit,
        ...(stopped && { stopped }),
        notes: [
          ...stopNotes(stopped, "steps"),
          ...saidOf(solve, reference),
          ...(reference === "finest" ? [BLIND] : []),
          ...notes,
        ],
      };
    },
  };
}

/** What is taken for the truth of a path, and the steps it takes where they are known. */
function judge(
  solve: Solve<NumbersLike>,
  reference: StrongReference,
  finest: number,
): { readonly steps: number | undefined; of(path: number): NumbersLike } {
  if (reference === "finest") return { steps: finest, of: (path) => solve(finest, path) };
  if (reference.kind === "exact") return { steps: undefined, of: (path) => reference.solve(path) };
  return { steps: reference.steps, of: (path) => reference.solve(reference.steps, path) };
}

/** The work of a level. A RangeError unless it is a number above zero. */
function costOf(work: (steps: number) => number, steps: number): number {
  const cost = work(steps);
  if (!(cost > 0 && cost < Infinity))
    throw new RangeError(`studyStrong: work(${steps}) is ${cost}, want a finite number above zero`);
  return cost;
}

/** What the solutions say of themselves: of an order that they lack, for want of areas. */
function saidOf(solve: Solve<NumbersLike>, reference: StrongReference): string[] {
  const own = solve.diagnostics?.().note;
  const judge =
    typeof reference === "object" && reference.kind === "independent"
      ? reference.solve.diagnostics?.().note
      : undefined;
  return [
    ...(typeof own === "string" ? [own] : []),
    ...(typeof judge === "string" ? [`the reference: ${judge}`] : []),
  ];
}

function rootMeanSquare(dimension?: number) {
  return (x: ArrayLike<number>, y: ArrayLike<number>): number => {
    const points = dimension ? x.length / dimension : 1;
    if (x.length !== y.length || !Number.isInteger(points))
      throw new RangeError(
        `studyStrong: a state of ${x.length} numbers against a reference of ${y.length}, in R^${dimension ?? x.length}`,
      );
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += square(x[i] - y[i]);
    return Math.sqrt(sum / points);
  };
}

function describe(reference: StrongReference, finest: number): string {
  if (reference === "finest") return `its own solution on ${finest} steps`;
  return reference.kind === "exact" ? "exact" : `${reference.name} on ${reference.steps} steps`;
}

const BLIND =
  "the reference is the scheme's own: errors common to all levels do not show, and the order is overrated near the finest";
