import { log } from "../../src/numerics/log.js";
import type { HarmonicTransform } from "../../src/types.js";

/** How well a density is carried by its harmonics. */
export interface Resolution {
  /** Root of the share of sum c^2 in the top degrees: the last eighth of them, at least two (one may vanish by parity). */
  readonly tail: number;
  /**
   * Digits (powers of ten) by which the spectrum sqrt(E_l), E_l = sum_m c_lm^2, falls per degree over the upper half, by
   * least squares; degrees that hold only rounding are left out, and Infinity says that all of them do.
   */
  readonly decay: number;
  /** -min / max of the density over the nodes, where that is positive: a density is not negative, a truncated one may be. */
  readonly undershoot: number;
  /** Integral of the density. */
  readonly mass: number;
  /** Least value at the nodes. */
  readonly minimum: number;
}

/** Root energies below this fraction of the whole are rounding. */
const ROUNDING = 1e-14;

/** Plans the measure of resolution for one transform. */
export function planResolution(
  transform: HarmonicTransform,
): (coefficients: Float64Array, values: Float64Array) => Resolution {
  const { lmax, size, degrees, weights } = transform;
  const root = Math.sqrt(weights.reduce((s, w) => s + w, 0));
  const top = lmax - Math.max(2, Math.ceil(lmax / 8)) + 1;
  const energy = new Float64Array(lmax + 1);

  return (coefficients, values) => {
    energy.fill(0);
    for (let q = 0; q < size; q++) energy[degrees[q]] += coefficients[q] * coefficients[q];
    let total = 0;
    let last = 0;
    for (let l = 0; l <= lmax; l++) {
      total += energy[l];
      if (l >= top) last += energy[l];
    }
    let minimum = Infinity;
    let maximum = -Infinity;
    for (const v of values) {
      minimum = Math.min(minimum, v);
      maximum = Math.max(maximum, v);
    }
    return {
      tail: Math.sqrt(last / total),
      decay: decayOf(energy, total),
      undershoot: Math.max(0, -minimum / maximum),
      mass: coefficients[0] * root,
      minimum,
    };
  };
}

/** Minus the least-squares slope of log10 sqrt(E_l) over the upper half of the degrees. */
function decayOf(energy: Float64Array, total: number): number {
  const floor = ROUNDING * ROUNDING * total;
  let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (let l = Math.floor(energy.length / 2); l < energy.length; l++) {
    if (!(energy[l] > floor)) continue;
    const digits = (0.5 * log(energy[l])) / Math.LN10;
    n++;
    x += l;
    y += digits;
    xx += l * l;
    xy += l * digits;
  }
  return n < 2 ? Infinity : (x * y - n * xy) / (n * xx - x * x);
}
