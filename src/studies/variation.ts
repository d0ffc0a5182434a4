import { log } from "../numerics/log.js";

/** Numbers that differ by less than this share of their size differ by rounding. */
export const SAME = 1e-10;

/**
 * The fewest paths that give an interval of this confidence. One made by resampling lies within the range of the paths, and
 * the middle of a symmetric law lies outside the range of p paths with probability 2^{1-p}: 95% takes six.
 */
export const pathsNeeded = (confidence: number): number =>
  Math.ceil(1 - log(1 - confidence) / Math.LN2 - 1e-9);

/** How many numbers, all at least zero, differ by more than rounding from the most frequent one. */
export function differing(numbers: Float64Array): number {
  const sorted = numbers.slice().sort();
  const reach = SAME * sorted[sorted.length - 1];
  let most = 0;
  let first = 0;
  for (let p = 0; p < sorted.length; p++) {
    while (sorted[p] - sorted[first] > reach) first++;
    most = Math.max(most, p - first + 1);
  }
  return sorted.length - most;
}
