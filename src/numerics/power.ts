import { exp } from "./exp.js";
import { log } from "./log.js";

/** x^2; `**` is left to the engine, which may round it in its own way. */
export const square = (x: number): number => x * x;

/** x^n for whole n, by repeated squaring. */
export function integerPower(x: number, n: number): number {
  if (n < 0) return 1 / integerPower(x, -n);
  let power = 1;
  for (let rest = n, factor = x; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power *= factor;
    factor *= factor;
  }
  return power;
}

/** x^p for x >= 0, by exp and log: relative error |p log x| units in the last place or so. */
export const power = (x: number, p: number): number =>
  Number.isInteger(p) ? integerPower(x, p) : exp(p * log(x));

/** The Euclidean norm, without overflow or underflow on the way. */
export function hypot(...values: readonly number[]): number {
  let largest = 0;
  for (const v of values) if (!(Math.abs(v) <= largest)) largest = Math.abs(v);
  if (largest === 0 || largest === Infinity || Number.isNaN(largest)) return largest;
  let sum = 0;
  for (const v of values) sum += (v / largest) * (v / largest);
  return largest * Math.sqrt(sum);
}
