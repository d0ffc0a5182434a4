import { relativeBessel } from "../numerics/bessel.js";
import { harmonicDimension } from "./degree-needed.js";

/** Two tilts at once, as a kernel sums them. */
export interface TiltPair {
  /** [2,3]: u/|u|; the third number is zero on the circle. */
  readonly directions: Float64Array;
  /** [degree + extra + 1, 2]: lambda_l(|u|) / lambda_0(|u|). */
  readonly lambda: Float64Array;
  /** For tilts up to `limit` and degrees up to `degree` and one more. */
  freeze(degree: number, limit: number): void;
  /**
   * Takes tilt i of tilts[t, d] in as number `which` of the pair, with `extra` degrees above the one frozen; returns the
   * last degree kept, beyond which the rest of the sum is below `truncation`. Throws a RangeError on a longer tilt than
   * frozen for.
   */
  take(tilts: Float64Array, i: number, which: 0 | 1, extra: 0 | 1): number;
}

export function planTiltPair(dimension: 2 | 3, truncation: number): TiltPair {
  const directions = new Float64Array(6);
  let bessel = new Float64Array(1);
  let lambda = new Float64Array(2);
  let degree = 0;
  let limit = 0;

  /** Sets a direction and returns |u|. */
  const turn = (tilts: Float64Array, i: number, which: 0 | 1): number => {
    const at = i * dimension;
    const x = tilts[at];
    const y = tilts[at + 1];
    const z = dimension === 3 ? tilts[at + 2] : 0;
    const kappa = Math.sqrt(x * x + y * y + z * z);
    const scale = kappa > 0 ? 1 / kappa : 0;
    directions[3 * which] = x * scale;
    directions[3 * which + 1] = y * scale;
    directions[3 * which + 2] = z * scale;
    return kappa;
  };

  return {
    directions,
    get lambda() {
      return lambda;
    },
    freeze(most, longest) {
      degree = most;
      limit = longest;
      if (bessel.length >= degree + 2) return;
      bessel = new Float64Array(degree + 2);
      lambda = new Float64Array(2 * (degree + 2));
    },
    take(tilts, i, which, extra) {
      const kappa = turn(tilts, i, which);
      if (!(kappa <= limit))
        throw new RangeError(
          `planTilted: a tilt of length ${kappa} is beyond the reach ${limit} frozen for.`,
        );
      const highest = degree + extra;
      relativeBessel(dimension, kappa, highest, bessel);
      const top = lastDegree(dimension, degree, truncation, bessel) + extra;
      for (let l = 0; l <= highest; l++) lambda[2 * l + which] = l <= top ? bessel[l] : 0;
      return top;
    },
  };
}

/** The degree beyond which what is left of the sum of all harmonics is below `truncation`. */
function lastDegree(dimension: 2 | 3, degree: number, truncation: number, ratios: Float64Array): number {
  let top = degree;
  for (let rest = 0; top > 0; top--) {
    rest += harmonicDimension(dimension, top) * ratios[top];
    if (rest > truncation) break;
  }
  return top;
}
