import type { Diagnostics } from "../types.js";
import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import {
  checkLevels,
  convergence,
  judgedLevels,
  pathLabels,
  type LevelError,
  type PowerFit,
  type Resampling,
} from "./convergence.js";

/** Anybody's solution of a path. */
export interface Solve<State extends NumbersLike = ArrayLike<number>> {
  /** The terminal state of path `path`, solved with `steps` steps: [n*d] numbers, or an ndarray [n,d]. */
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

export interface StrongStudy extends Resampling {
  readonly solve: Solve<NumbersLike>;
  /** Numbers of steps, rising. */
  readonly levels: readonly number[];
  /** Paths are labelled 0 .. paths-1, or by `seeds`. */
  readonly paths?: number;
  readonly seeds?: readonly number[];
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
  readonly onProgress?: (done: number, total: number) => void;
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
  readonly paths: number;
  readonly levels: StrongLevel[];
  /** error ~ constant * steps^(-slope): the slope is the strong order. */
  readonly fit: PowerFit | null;
  readonly notes: string[];
}

/**
 * The strong order of a method: root mean square over paths of the distance to the reference on the same path, level by
 * level, with bootstrap intervals over whole paths and the fitted order. Throws a RangeError for levels, paths or a
 * reference that make no study, and for a state that is not finite, naming level and path.
 */
export function studyStrong(study: StrongStudy): StrongResult {
  const { solve, reference = "finest", dimension, scheme = "unnamed", work, clock } = study;
  checkLevels("studyStrong", study.levels);
  const labels = pathLabels("studyStrong", study.paths, study.seeds);
  const finest = study.levels[study.levels.length - 1];
  const levels = judgedLevels("studyStrong", study.levels, reference === "finest");
  if (typeof reference === "object" && reference.kind === "independent" && !(reference.steps >= finest))
    throw new RangeError(`studyStrong: a reference of ${reference.steps} steps, want at least ${finest}`);
  const distance = study.distance ?? rootMeanSquare(dimension);
  const truth = (path: number): ArrayLike<number> => {
    const state = (given: NumbersLike) => Float64Array.from(numbersOf(given));
    if (reference === "finest") return state(solve(finest, path));
    return state(reference.kind === "exact" ? reference.solve(path) : reference.solve(reference.steps, path));
  };

  const squares = levels.map(() => new Float64Array(labels.length));
  const seconds = new Float64Array(levels.length);
  labels.forEach((label, p) => {
    const want = truth(label);
    levels.forEach((steps, i) => {
      const start = clock?.() ?? 0;
      const state = numbersOf(solve(steps, label));
      seconds[i] += ((clock?.() ?? 0) - start) / labels.length;
      squares[i][p] = distance(state, want) ** 2;
      if (!Number.isFinite(squares[i][p]))
        throw new RangeError(
          `studyStrong: at ${steps} steps, path ${label}, the error is not a finite number`,
        );
    });
    study.onProgress?.(p + 1, labels.length);
  });

  const stepSizes = levels.map((steps) => 1 / steps);
  const { levels: errors, fit } = convergence(stepSizes, squares, "rms", study);
  return {
    scheme,
    reference: describe(reference, finest),
    paths: labels.length,
    levels: errors.map((error, i) => ({
      steps: levels[i],
      ...error,
      ...(work && { work: work(levels[i]) }),
      ...(clock && { seconds: seconds[i] }),
    })),
    fit,
    notes: [...saidOf(solve, reference), ...notes(reference, errors, levels)],
  };
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
    for (let i = 0; i < x.length; i++) sum += (x[i] - y[i]) ** 2;
    return Math.sqrt(sum / points);
  };
}

function describe(reference: StrongReference, finest: number): string {
  if (reference === "finest") return `its own solution on ${finest} steps`;
  return reference.kind === "exact" ? "exact" : `${reference.name} on ${reference.steps} steps`;
}

function notes(
  reference: StrongReference,
  errors: readonly LevelError[],
  levels: readonly number[],
): string[] {
  const found: string[] = [];
  if (reference === "finest")
    found.push(
      "the reference is the scheme's own: errors common to all levels do not show, and the order is overrated near the finest",
    );
  const zero = levels.filter((_, i) => errors[i].error === 0);
  if (zero.length > 0) found.push(`no error at all at ${zero.join(", ")} steps: left out of the fit`);
  return found;
}
