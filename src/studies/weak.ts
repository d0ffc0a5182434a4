import { checkOptions, maybe } from "../numerics/options.js";
import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import { Stopped } from "../../solvers/simulate.js";
import { log } from "../numerics/log.js";
import { checkConfidence, percent } from "./bootstrap.js";
import { covariance } from "./covariance.js";
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
import { lineWeights, UNBOUNDED, type Bounds } from "./regression.js";
import { studentQuantile } from "./student.js";
import { SAME } from "./variation.js";

/**
 * The observables' values [names] at the end of path `path`, solved with `steps` steps. It throws `Stopped` where the path
 * cannot go on.
 */
export type SolveObservables = (steps: number, path: number) => NumbersLike;

/**
 * The expectations that are taken for the truth. "finest": the method's own at its last level, same paths. `exact`: known
 * values [names]. `solve`: values of the same path by exact simulation or an independent scheme; sharing the path's noise
 * takes most of the statistical error away.
 */
export type WeakReference =
  | "finest"
  | { readonly kind: "exact"; readonly values: NumbersLike }
  | {
      readonly kind: "independent";
      readonly name: string;
      readonly solve: (path: number) => NumbersLike;
    };

export interface WeakStudy extends StudyPaths {
  readonly solve: SolveObservables;
  readonly observables: readonly string[];
  /** Numbers of steps, rising. */
  readonly levels: readonly number[];
  /** "finest" unless given. */
  readonly reference?: WeakReference;
  readonly scheme?: string;
  /** A level counts in the fit when its bias exceeds this many standard errors; 3 unless given. */
  readonly resolution?: number;
  /** Above 0 and below 1; 0.95 unless given. */
  readonly confidence?: number;
}

export interface WeakLevel {
  readonly steps: number;
  /** Mean over paths minus reference. */
  readonly bias: number;
  /** |bias| */
  readonly error: number;
  /** Monte Carlo standard error of the bias; infinite for one path, 0 where the bias is the same on all paths. */
  readonly standardError: number;
  /** Of the bias, by Student's t; [-Infinity, Infinity] where the standard error is infinite or 0. */
  readonly interval: Bounds;
  /** Whether the bias exceeds the noise, and rounding. */
  readonly resolved: boolean;
  /** Between this level and the one before, both resolved. */
  readonly localSlope?: number;
}

export interface WeakResult {
  readonly observable: string;
  readonly scheme: string;
  readonly reference: string;
  /** Paths that were finished at every level; all numbers are over them. */
  readonly paths: number;
  /** Empty when no path was finished. */
  readonly levels: WeakLevel[];
  /** |bias| ~ steps^(-slope) over the resolved levels; null below two of them. */
  readonly fit: { readonly slope: number; readonly interval: Bounds } | null;
  /** Levels left out of the fit because noise or rounding covers their bias, or there is none. */
  readonly dropped: number[];
  /** Whether at every level the statistical error is below the bias. */
  readonly resolved: boolean;
  /** Set when the study ended early; what was finished until then is kept. */
  readonly stopped?: StudyStop;
  readonly notes: string[];
}

/** A bias below this share of the observable is rounding, and so is a standard error below this share of the bias. */
const ROUNDING = 1e-13;

/**
 * The weak order of a method, observable by observable: the bias of the mean at every level with its standard error beside
 * it, and a fit of log |bias| over the levels whose bias exceeds the noise, weighted by their standard errors. Levels
 * usually share their paths, so the fit's interval uses the covariance of their means (delta method).
 * A path that stops, or whose bias is not finite, ends the study with the paths before it. Throws a RangeError for levels,
 * paths or settings that make no study, and for a wrong number of values.
 */
export const studyWeak = (study: WeakStudy): WeakResult[] => studied(planWeak(study), study);

/** The same in two halves. */
export function planWeak(study: WeakStudy): PathStudy<WeakResult[]> {
  checkOptions("studyWeak", study, {
    solve: "function",
    observables: { list: "string" },
    levels: "anything",
    reference: maybe("anything"),
    scheme: maybe("string"),
    resolution: maybe("anything"),
    confidence: maybe("anything"),
    ...PATHS,
  });
  const { solve, observables: names, reference = "finest", scheme = "unnamed" } = study;
  const { resolution = 3, confidence = 0.95 } = study;
  checkLevels("studyWeak", study.levels);
  checkConfidence("studyWeak", confidence);
  if (!(resolution > 0 && resolution < Infinity))
    throw new RangeError(`studyWeak: resolution is ${resolution}, want a finite number above zero`);
  const labels = pathLabels("studyWeak", study);
  const finest = study.levels[study.levels.length - 1];
  const levels = judgedLevels("studyWeak", study.levels, reference === "finest");
  const read = (given: NumbersLike): number[] => {
    const values = Array.from(numbersOf(given));
    if (values.length !== names.length)
      throw new RangeError(`studyWeak: ${values.length} values for ${names.length} observables`);
    return values;
  };
  const truth = (path: number): NumbersLike => {
    if (reference === "finest") return solve(finest, path);
    return reference.kind === "exact" ? reference.values : reference.solve(path);
  };
  const truthSteps = reference === "finest" ? finest : undefined;

  const L = levels.length;
  // Of a path: the biases [names, levels], and the largest value of every observable.
  const row = new Float64Array(names.length * (L + 1));
  const largest = row.subarray(names.length * L);
  return {
    labels,
    follow(label, at) {
      largest.fill(0);
      const want = at(truthSteps, () => read(truth(label)), "the reference");
      levels.forEach((steps, i) =>
        at(steps, () => {
          const values = read(solve(steps, label));
          values.forEach((value, o) => {
            const bias = value - want[o];
            if (!Number.isFinite(bias * bias * labels.length))
              throw new Stopped(`${names[o]} is ${value} against ${want[o]} of the reference`);
            row[o * L + i] = bias;
            largest[o] = Math.max(largest[o], Math.abs(value), Math.abs(want[o]));
          });
        }),
      );
      return row;
    },
    conclude(found) {
      const { to: paths, rows, stopped } = found;
      return names.map((observable, o) => {
        const running = covariance(L);
        for (const biases of rows) running.add(biases.subarray(o * L, (o + 1) * L));
        const order = weakOrder(paths === 0 ? [] : levels, running.mean(), running.ofMeans(), {
          resolution,
          confidence,
          paths,
          rounding: ROUNDING * columnOf(found, names.length * L + o).reduce((s, v) => Math.max(s, v), 0),
        });
        return {
          observable,
          scheme,
          reference: describe(reference, finest),
          paths,
          ...order,
          ...(stopped && { stopped }),
          notes: [...stopNotes(stopped, "steps"), ...order.notes],
        };
      });
    },
  };
}

/**
 * Levels, fit and verdict from the mean biases [L] over so many paths and their covariance [L,L]; biases up to `rounding`
 * are rounding.
 */
export function weakOrder(
  levels: readonly number[],
  bias: Float64Array,
  cov: Float64Array,
  settings: { paths: number; resolution?: number; confidence?: number; rounding?: number },
): Pick<WeakResult, "levels" | "fit" | "dropped" | "resolved" | "notes"> {
  const { paths, resolution = 3, confidence = 0.95, rounding = 0 } = settings;
  const n = levels.length;
  const t = paths >= 2 ? studentQuantile((1 + confidence) / 2, paths - 1) : Infinity;
  const errors = levels.map((_, i) => {
    const standardError = Math.sqrt(cov[i * n + i]);
    return standardError > ROUNDING * Math.abs(bias[i]) ? standardError : 0;
  });
  const resolved = levels.map((_, i) => Math.abs(bias[i]) > Math.max(rounding, resolution * errors[i]));
  const used = levels.flatMap((_, i) => (resolved[i] ? [i] : []));
  const known = (i: number): boolean => errors[i] > 0 && errors[i] < Infinity;
  return {
    levels: levels.map((steps, i) => ({
      steps,
      bias: bias[i],
      error: Math.abs(bias[i]),
      standardError: errors[i],
      interval: known(i) ? [bias[i] - t * errors[i], bias[i] + t * errors[i]] : UNBOUNDED,
      resolved: resolved[i],
      ...(i > 0 && resolved[i] && resolved[i - 1]
        ? { localSlope: log(Math.abs(bias[i - 1] / bias[i])) / log(steps / levels[i - 1]) }
        : {}),
    })),
    fit: used.length >= 2 ? fitOrder(levels, used, bias, cov, t) : null,
    dropped: levels.filter((_, i) => !resolved[i]),
    resolved: resolved.every(Boolean),
    notes: notesOf(levels, { bias, errors, resolved, rounding, resolution, paths, confidence }),
  };
}

/** Which levels are left out, and why an interval is missing. */
function notesOf(
  levels: readonly number[],
  found: {
    readonly bias: Float64Array;
    readonly errors: readonly number[];
    readonly resolved: readonly boolean[];
    readonly rounding: number;
    readonly resolution: number;
    readonly paths: number;
    readonly confidence: number;
  },
): string[] {
  const { bias, errors, resolved, rounding, resolution, paths, confidence } = found;
  const named = (keep: (level: number) => boolean): string => levels.filter((_, i) => keep(i)).join(", ");
  const zero = named((i) => bias[i] === 0 && errors[i] === 0);
  const tiny = named(
    (i) => bias[i] !== 0 && Math.abs(bias[i]) <= rounding && resolution * errors[i] <= rounding,
  );
  const covered = named((i) => !resolved[i] && resolution * errors[i] > rounding);
  const exact = named((i) => resolved[i] && errors[i] === 0);
  const signs = new Set(levels.flatMap((_, i) => (resolved[i] ? [Math.sign(bias[i])] : [])));
  return [
    ...(signs.size > 1 ? ["the bias changes sign between levels: the fitted slope is no order"] : []),
    ...(paths === 1 ? [`no intervals: ${percent(confidence)} takes at least 2 paths, and 1 counted`] : []),
    ...(zero ? [`no bias at all at ${zero} steps, on any path: left out of the fit`] : []),
    ...(tiny ? [`at ${tiny} steps the bias is of the size of rounding: left out of the fit`] : []),
    ...(covered && paths > 1
      ? [`at ${covered} steps the bias is below ${resolution} standard errors: left out of the fit`]
      : []),
    ...(exact
      ? [`at ${exact} steps the bias is the same on all paths: exact, without statistical error or interval`]
      : []),
  ];
}

/** log |bias| is linear in log h: slope = sum c_i log |bias_i|, its variance c^T Cov(log |bias|) c. */
function fitOrder(
  levels: readonly number[],
  used: number[],
  bias: Float64Array,
  cov: Float64Array,
  t: number,
) {
  const n = levels.length;
  const relative = used.map((i) => Math.sqrt(cov[i * n + i]) / Math.abs(bias[i]));
  /* bounded below, so that exact data make a fit too, and weights keep their digits beside exact ones */
  const least = Math.max(1e-12, 1e-4 * Math.max(...relative));
  const c = lineWeights(
    used.map((i) => -log(levels[i])),
    relative.map((r) => Math.max(least, r)),
  ).slope;
  let slope = 0;
  let variance = 0;
  used.forEach((i, a) => {
    slope += c[a] * log(Math.abs(bias[i]));
    used.forEach((j, b) => (variance += (c[a] * c[b] * cov[i * n + j]) / (bias[i] * bias[j])));
  });
  const reach = t * Math.sqrt(Math.max(0, variance));
  return { slope, interval: reach > SAME ? ([slope - reach, slope + reach] as const) : UNBOUNDED };
}

function describe(reference: WeakReference, finest: number): string {
  if (reference === "finest") return `its own means on ${finest} steps`;
  return reference.kind === "exact" ? "exact" : reference.name;
}
