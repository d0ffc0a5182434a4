import { scaled, type Spread } from "./measure.js";

/** Seconds of one attention field as nanoseconds a pair of its n tokens and key matrix. */
export const perPair = (seconds: Spread, n: number, M: number): Spread => scaled(seconds, 1e9 / (n * n * M));

/** Seconds of n particles' steps as nanoseconds a particle and step. */
export const perStep = (seconds: Spread, n: number, steps: number): Spread =>
  scaled(seconds, 1e9 / (n * steps));

/** Our time for all n tokens over theirs, where theirs is of `rows` of them alone. */
export const forAll = (ratio: Spread, rows: number, n: number): Spread => scaled(ratio, rows / n);

/** Nanoseconds each as millions a second: the quicker end is the higher one. */
export const millionsASecond = ({ median, low, high }: Spread): Spread => ({
  median: 1e3 / median,
  low: 1e3 / high,
  high: 1e3 / low,
});
