import { bisect } from "../numerics/bisect.js";
import { maybe, type Wants } from "../numerics/options.js";
import { inverseNormal } from "../numerics/inverse-normal.js";
import type { Stream } from "../types.js";
import { UNBOUNDED, type Bounds } from "./regression.js";
import { sortedQuantile } from "./statistics.js";
import { studentQuantile } from "./student.js";

export interface Resampling {
  /** Seed of the bootstrap; the result is a function of the data and of it. */
  readonly seed?: string;
  /**
   * Bootstrap replicates, 1000 unless given; at least 40 / (1 - confidence), so that 20 lie beyond either end of an interval
   * of many paths. Beyond the expanded ends of few paths lie fewer: a tenth of them for six, four tenths for twelve (at 95%).
   */
  readonly replicates?: number;
  /** Above 0 and below 1; 0.95 unless given. */
  readonly confidence?: number;
}

/** The same for users of plain JavaScript; what they may be is said by `checkResampling`. */
export const RESAMPLING: Wants<Resampling> = {
  seed: maybe("string"),
  replicates: maybe("anything"),
  confidence: maybe("anything"),
};

/** Replicates beyond each end of a plain percentile interval, without which the ends are noise. */
const IN_TAIL = 20;

/** A RangeError unless `confidence` is a probability. */
export function checkConfidence(what: string, confidence: number): void {
  if (!(typeof confidence === "number" && confidence > 0 && confidence < 1))
    throw new RangeError(
      `${what}: confidence is ${JSON.stringify(confidence)}, want a number above 0 and below 1`,
    );
}

/** A RangeError for a confidence that is none, and for too few replicates to find the ends of its intervals. */
export function checkResampling(what: string, { replicates = 1000, confidence = 0.95 }: Resampling): void {
  checkConfidence(what, confidence);
  const least = Math.ceil((2 * IN_TAIL) / (1 - confidence) - 1e-6);
  if (!(Number.isSafeInteger(replicates) && replicates >= least))
    throw new RangeError(
      `${what}: replicates is ${JSON.stringify(replicates)}, want a whole number from ${least} up for intervals of ${percent(confidence)}`,
    );
}

export const percent = (confidence: number): string => `${Number((100 * confidence).toPrecision(6))}%`;

/**
 * The share of replicates beyond either end of an interval, below (1 - confidence) / 2: plain percentiles of few paths lie
 * too close together, as normal quantiles of an estimated variance do. T. Hesterberg, "What teachers should know about the
 * bootstrap", The American Statistician 69 (2015): the tail whose normal quantile is Student's times sqrt(p / (p - 1)).
 */
function expandedTail(paths: number, confidence: number): number {
  const reach = studentQuantile((1 + confidence) / 2, paths - 1) * Math.sqrt(paths / (paths - 1));
  return bisect((tail) => inverseNormal(tail) < -reach, 0, 0.5)[0];
}

/**
 * Expanded percentile intervals by bootstrap over whole paths (Efron 1979): every replicate draws `paths` paths with replacement,
 * and `statistic` writes its numbers for that draw, given as how often each path occurs (counts[paths], summing to
 * `paths`), to out[size]. One draw serves all levels, so what their common noise correlates stays correlated.
 * A function of the stream alone. Replicates in which a number is not finite (no variation left to take a logarithm of)
 * leave that number's interval unbounded: [-Infinity, Infinity].
 */
export function bootstrap(options: {
  paths: number;
  size: number;
  statistic: (counts: Int32Array, out: Float64Array) => void;
  stream: Stream;
  replicates?: number;
  confidence?: number;
}): Bounds[] {
  const { paths, size, statistic, stream, replicates = 1000, confidence = 0.95 } = options;
  if (!(paths >= 2)) throw new RangeError(`bootstrap: ${paths} paths, want at least 2`);
  checkResampling("bootstrap", options);
  const uniforms = new Float64Array(paths);
  const counts = new Int32Array(paths);
  const out = new Float64Array(size);
  const values = Array.from({ length: size }, () => new Float64Array(replicates));
  for (let r = 0; r < replicates; r++) {
    stream.uniforms(r, 0, uniforms);
    counts.fill(0);
    for (let p = 0; p < paths; p++) counts[Math.floor(uniforms[p] * paths)]++;
    statistic(counts, out);
    for (let i = 0; i < size; i++) values[i][r] = out[i];
  }
  const tail = expandedTail(paths, confidence);
  return values.map((v) =>
    v.every(Number.isFinite) ? [sortedQuantile(v.sort(), tail), sortedQuantile(v, 1 - tail)] : UNBOUNDED,
  );
}
