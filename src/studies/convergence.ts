import { stream } from "../noise/stream.js";
import { bootstrap } from "./bootstrap.js";
import { lineWeights, type Bounds } from "./regression.js";

/** One level of a study: an error with its interval, and the slope from the level before. */
export interface LevelError {
  readonly error: number;
  /** Bootstrap over whole paths. */
  readonly interval: Bounds;
  /** d log error / d log x between the previous level and this one; absent at the first level and where an error is 0. */
  readonly localSlope?: number;
}

export interface PowerFit {
  readonly slope: number;
  /** Bootstrap over whole paths of the same fit. */
  readonly interval: Bounds;
  /** error ~ constant * x^slope */
  readonly constant: number;
}

export interface Convergence {
  readonly levels: LevelError[];
  /** Null when fewer than two levels have an error above zero. */
  readonly fit: PowerFit | null;
}

export interface Resampling {
  /** Seed of the bootstrap; the result is a function of the data and of it. */
  readonly seed?: string;
  /** Bootstrap replicates, 1000 unless given. */
  readonly replicates?: number;
  /** 0.95 unless given. */
  readonly confidence?: number;
}

/**
 * How errors go with x (a step size, a number of tokens): samples[level][path] are the errors of every path, squared when
 * `average` is "rms". The error of a level is their mean, or its root for "rms"; the fit is the least-squares line of log
 * error against log x. A RangeError names a level and path whose error is not finite or negative.
 */
export function convergence(
  x: readonly number[],
  samples: readonly Float64Array[],
  average: "mean" | "rms",
  { seed = "bootstrap", replicates, confidence }: Resampling = {},
): Convergence {
  const paths = samples[0].length;
  samples.forEach((row, level) =>
    row.forEach((v, path) => {
      if (!(v >= 0 && v < Infinity))
        throw new RangeError(`study: the error at ${x[level]}, path ${path}, is ${v}, want a finite number`);
    }),
  );
  const power = average === "rms" ? 0.5 : 1;
  const errors = samples.map((row) => (row.reduce((s, v) => s + v, 0) / paths) ** power);
  const used = errors.flatMap((e, level) => (e > 0 ? [level] : []));
  const logX = used.map((level) => Math.log(x[level]));
  const weight = used.length >= 2 ? lineWeights(logX).slope : new Float64Array(used.length);
  const slopeOf = (e: ArrayLike<number>): number =>
    used.reduce((s, level, k) => s + weight[k] * Math.log(e[level]), 0);

  const intervals = bootstrap({
    paths,
    size: x.length + 1,
    stream: stream(seed, "bootstrap"),
    replicates,
    confidence,
    statistic(counts, out) {
      samples.forEach((row, level) => {
        let sum = 0;
        for (let p = 0; p < paths; p++) sum += counts[p] * row[p];
        out[level] = (sum / paths) ** power;
      });
      out[x.length] = slopeOf(out);
    },
  });
  const slope = slopeOf(errors);
  const mean = used.reduce((s, level, k) => s + Math.log(errors[level]) - slope * logX[k], 0) / used.length;
  return {
    levels: errors.map((error, i) => ({
      error,
      interval: intervals[i],
      ...(i > 0 && error > 0 && errors[i - 1] > 0
        ? { localSlope: Math.log(error / errors[i - 1]) / Math.log(x[i] / x[i - 1]) }
        : {}),
    })),
    fit: used.length >= 2 ? { slope, interval: intervals[x.length], constant: Math.exp(mean) } : null,
  };
}

/** The paths of a study: labels 0 .. paths-1, or the seeds given. Exactly one of the two, at least two paths. */
export function pathLabels(what: string, paths?: number, seeds?: readonly number[]): readonly number[] {
  if ((paths === undefined) === (seeds === undefined))
    throw new RangeError(`${what}: give either paths (a number) or seeds (a list)`);
  const labels = seeds ?? Array.from({ length: paths ?? 0 }, (_, i) => i);
  if (labels.length < 2 || !(paths === undefined || Number.isInteger(paths)))
    throw new RangeError(`${what}: ${paths ?? labels.length} paths, want a whole number from 2 up`);
  return labels;
}

/** The levels of a study: at least two different whole numbers above zero, in rising order. */
export function checkLevels(what: string, levels: readonly number[]): void {
  const good = levels.every((v, i) => Number.isInteger(v) && v > 0 && (i === 0 || v > levels[i - 1]));
  if (levels.length < 2 || !good)
    throw new RangeError(`${what}: levels [${levels}], want at least two rising whole numbers above zero`);
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
