import { runningMoments, totalOf, type Moments } from "./moments.js";

/** Running means over an ensemble: one number per entry (times, observables), one call of `add` per path. */
export interface Ensemble {
  /** Paths added so far. */
  readonly count: number;
  /** values[size] of one more path; a RangeError names an entry that is not finite. */
  add(values: ArrayLike<number>): void;
  /** [size] means; NaN-free once a path is in. */
  mean(): Float64Array;
  /** [size] standard errors of the means, from the unbiased variance; infinite below two paths. */
  standardError(): Float64Array;
}

/** Plans running means of `size` numbers, summed in pairs: no cancellation, and no path is kept. */
export function ensemble(size: number): Ensemble {
  const running = runningMoments();
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(values) {
      if (values.length !== size) throw new RangeError(`ensemble: ${values.length} values, want ${size}`);
      for (let i = 0; i < size; i++)
        if (!Number.isFinite(values[i]))
          throw new RangeError(`ensemble: value ${i} of path ${count} is ${values[i]}, want a finite number`);
      count++;
      running.add(values);
    },
    mean: () => totalOf(running.moments())?.mean ?? new Float64Array(size),
    standardError: () => standardErrors(running.moments()) ?? new Float64Array(size).fill(Infinity),
  };
}

/** Standard errors of the means, from the unbiased variance; infinite for one path, null for none. */
export function standardErrors(moments: Moments): Float64Array | null {
  const total = totalOf(moments);
  if (!total) return null;
  const { count, squares } = total;
  return squares.map((s) => (count < 2 ? Infinity : Math.sqrt(s / (count - 1) / count)));
}

/** The mean of numbers and its standard error (infinite for one number). A RangeError when there is none. */
export function meanAndError(values: ArrayLike<number>): { mean: number; standardError: number } {
  if (values.length === 0) throw new RangeError("meanAndError: no values, want at least one");
  const running = ensemble(1);
  for (let i = 0; i < values.length; i++) running.add([values[i]]);
  return { mean: running.mean()[0], standardError: running.standardError()[0] };
}

/** Root mean square. */
export function rms(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum / values.length);
}

/** The p-quantile of sorted numbers, linear between order statistics (the median of two is their mean). */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
