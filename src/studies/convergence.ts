import { stream } from "../noise/stream.js";
import { exp } from "../numerics/exp.js";
import { log } from "../numerics/log.js";
import { bootstrap, percent, type Resampling } from "./bootstrap.js";
import { lineWeights, UNBOUNDED, type Bounds } from "./regression.js";
import { differing, pathsNeeded, SAME } from "./variation.js";

/** One level of a study: an error with its interval, and the slope from the level before. */
export interface LevelError {
  readonly error: number;
  /** Bootstrap over whole paths; [-Infinity, Infinity] where the paths give none. */
  readonly interval: Bounds;
  /** d log error / d log x between the previous level and this one; absent at the first level and beside an error of 0. */
  readonly localSlope?: number;
  /** False where the error is of the size of rounding: such a level is in no slope. */
  readonly resolved?: false;
}

export interface PowerFit {
  readonly slope: number;
  /** Bootstrap over whole paths of the same fit; [-Infinity, Infinity] where the paths give none. */
  readonly interval: Bounds;
  /** error ~ constant * x^slope */
  readonly constant: number;
}

export interface Convergence {
  /** Empty without any path. */
  readonly levels: LevelError[];
  /** Null when fewer than two levels have an error above rounding. */
  readonly fit: PowerFit | null;
  /** Which levels are left out of the fit, and why an interval is missing. */
  readonly notes: string[];
}

/** What errors go with: x is 1 / steps, or the number of tokens. */
export interface Ladder {
  readonly levels: readonly number[];
  readonly unit: "steps" | "tokens";
  /** Errors up to this size are rounding; 0 unless given. */
  readonly rounding?: number;
}

/**
 * How errors go with x (a step size, a number of tokens): samples[level][path] are the errors of every path, finite and at
 * least zero, squared when `average` is "rms". The error of a level is their mean, or its root for "rms"; the fit is the
 * least-squares line of log error against log x. Levels without error, or with one of the size of rounding, are left out.
 *
 * A level has an interval when enough of its paths differ from the most frequent number (see `pathsNeeded`), and the slope
 * when a level of the fit has one and it varies itself.
 */
export function convergence(
  ladder: Ladder,
  samples: readonly Float64Array[],
  average: "mean" | "rms",
  { seed = "bootstrap", replicates, confidence = 0.95 }: Resampling = {},
): Convergence {
  const { levels, unit, rounding = 0 } = ladder;
  const paths = samples[0].length;
  if (paths === 0) return { levels: [], fit: null, notes: [] };
  const x = levels.map((level) => (unit === "steps" ? 1 / level : level));
  const averaged = average === "rms" ? Math.sqrt : (mean: number): number => mean;
  const errors = samples.map((row) => averaged(row.reduce((s, v) => s + v, 0) / paths));
  const used = errors.flatMap((error, level) => (error > rounding ? [level] : []));
  const logX = used.map((level) => log(x[level]));
  const weight = used.length >= 2 ? lineWeights(logX).slope : new Float64Array(used.length);
  const slopeOf = (e: ArrayLike<number>): number =>
    used.reduce((s, level, k) => s + weight[k] * log(e[level]), 0);

  const apart = samples.map(differing);
  const vary = apart.map((count) => count >= pathsNeeded(confidence) - 1);
  const resample = (): Bounds[] =>
    bootstrap({
      paths,
      size: levels.length + 1,
      stream: stream(seed, "bootstrap"),
      replicates,
      confidence,
      statistic(counts, out) {
        samples.forEach((row, level) => {
          let sum = 0;
          for (let p = 0; p < paths; p++) sum += counts[p] * row[p];
          out[level] = averaged(sum / paths);
        });
        out[levels.length] = slopeOf(out);
      },
    });
  const found = vary.includes(true) ? resample() : [];
  const intervals = errors.map((error, i) => (vary[i] ? proper(found[i], error) : UNBOUNDED));
  const slope = slopeOf(errors);
  const slopeVaries = used.some((i) => vary[i]);
  const interval = slopeVaries ? proper(found[levels.length], 1) : UNBOUNDED;
  const mean = used.reduce((s, level, k) => s + log(errors[level]) - slope * logX[k], 0) / used.length;
  const fit = used.length >= 2 ? { slope, interval, constant: exp(mean) } : null;
  return {
    levels: errors.map((error, i) => ({
      error,
      interval: intervals[i],
      ...(i > 0 && error > rounding && errors[i - 1] > rounding
        ? { localSlope: log(error / errors[i - 1]) / log(x[i] / x[i - 1]) }
        : {}),
      ...(error > 0 && error <= rounding && { resolved: false as const }),
    })),
    fit,
    notes: [
      ...leftOut(ladder, errors),
      ...missingIntervals(ladder, { paths, confidence, errors, apart }),
      ...(fit && slopeVaries && interval === UNBOUNDED
        ? [
            "the fitted slope has no interval: it does not vary from path to path, or too few paths make an error",
          ]
        : []),
    ],
  };
}

/** The interval, or none where its ends differ by rounding of a number of this size. */
const proper = (interval: Bounds, size: number): Bounds =>
  interval[1] - interval[0] > SAME * size && Number.isFinite(interval[1] - interval[0])
    ? interval
    : UNBOUNDED;

/** The levels that `keep` keeps, as "8, 16 steps"; null when there is none. */
function named({ levels, unit }: Ladder, keep: (level: number) => boolean): string | null {
  const kept = levels.filter((_, i) => keep(i));
  return kept.length > 0 ? `${kept.join(", ")} ${unit}` : null;
}

function leftOut(ladder: Ladder, errors: readonly number[]): string[] {
  const zero = named(ladder, (i) => errors[i] === 0);
  const tiny = named(ladder, (i) => errors[i] > 0 && errors[i] <= (ladder.rounding ?? 0));
  return [
    ...(zero ? [`no error at all at ${zero}: left out of the fit`] : []),
    ...(tiny ? [`the error at ${tiny} is of the size of rounding: left out of the fit`] : []),
  ];
}

function missingIntervals(
  ladder: Ladder,
  given: { paths: number; confidence: number; errors: readonly number[]; apart: readonly number[] },
): string[] {
  const { paths, confidence, errors, apart } = given;
  const needed = pathsNeeded(confidence);
  if (paths < needed)
    return [`no intervals: ${percent(confidence)} takes at least ${needed} paths, and ${paths} counted`];
  const same = named(ladder, (i) => errors[i] > 0 && apart[i] === 0);
  const few = named(ladder, (i) => apart[i] > 0 && apart[i] < needed - 1);
  return [
    ...(same ? [`no interval at ${same}: the error is the same on all paths`] : []),
    ...(few ? [`no interval at ${few}: fewer than ${needed - 1} paths differ from the others`] : []),
  ];
}
