import type { Measure } from "../types.js";
import type { DirectFunctions } from "./direct-tilted.js";
import { planCircleTilt } from "./kernels/circle-tilt.js";
import { planSphereTilt } from "./kernels/sphere-tilt.js";
import { planTiltCoefficients } from "./tilt-coefficients.js";
import { planTiltPair } from "./tilt-pair.js";
import type { TiltedFunctions, TiltedTerm } from "./tilted-averages.js";

/** Rounding of a sum of harmonics, in units of the sum of the degrees' largest contributions (measured: below 1). */
const ROUNDING = 4 * Number.EPSILON;

/** Rounding of any average, the direct sum's too: of the points, the tilt and the quotient. */
const FLOOR = 16 * Number.EPSILON;

/** What the averages since a freeze did. */
export interface TiltedTally {
  tilts: number;
  summedDirectly: number;
  errorBound: number;
}

export interface HarmonicTilted {
  /** Fixes the law and the degree of its sums; no tilt is longer than `limit`. */
  freeze(law: Measure, degree: number, limit: number): void;
  /** The averages that `summed` finds directly, with its values; what the error bound does not allow is left to it. */
  combinations(
    summed: DirectFunctions,
    sources: number,
    recipes: readonly (readonly TiltedTerm[])[],
  ): Pick<TiltedFunctions, "load" | "average">;
}

/**
 * Tilted averages from harmonic moments, two tilts at a time. `truncation` is the part of the tolerance that the degree
 * may spend; tilts handed over and error bounds are entered in `tally`.
 */
export function planHarmonicTilted(
  dimension: 2 | 3,
  tolerance: number,
  truncation: number,
  tally: TiltedTally,
): HarmonicTilted {
  const kernel = dimension === 2 ? planCircleTilt() : planSphereTilt();
  const pair = planTiltPair(dimension, truncation);
  let law: Measure;
  let degree = 0;
  let limit = 0;
  let mass = 0;

  const combinations: HarmonicTilted["combinations"] = (summed, sources, recipes) => {
    const { values, width } = summed;
    const loaded = planTiltCoefficients(kernel, dimension, sources, recipes);
    const { blocks, extra } = loaded;
    const sums = new Float64Array(8 * blocks);

    /** The error of one average: truncation and rounding relative to the sum of ones it is divided by. */
    const errorOf = (ones: number, top: number, which: number): number => {
      const { bounds } = loaded;
      const { lambda } = pair;
      let size = 0;
      for (let l = 0; l <= top; l++) size += lambda[2 * l + which] * bounds[l];
      return ((3 + extra * top) * truncation * mass + ROUNDING * size) / ones + FLOOR;
    };

    /** Divides by the sum of ones if the bound allows it. */
    const finish = (tilts: Float64Array, i: number, top: number, which: number, out: Float64Array): void => {
      const from = 4 * blocks * which;
      const ones = sums[from];
      const error = errorOf(ones, top, which);
      if (ones > 0 && error <= tolerance) {
        if (error > tally.errorBound) tally.errorBound = error;
        const inverse = 1 / ones;
        for (let r = 0; r < width; r++) out[i * width + r] = sums[from + 1 + r] * inverse;
      } else {
        summed.averageOne(tilts, i, out);
        tally.summedDirectly++;
      }
    };

    return {
      load: () => loaded.load(law, values, degree + extra, limit),
      average(tilts, out) {
        const targets = tilts.length / dimension;
        for (let i = 0; i < targets; i += 2) {
          // the last tilt of an odd number is its own partner
          const last = Math.min(i + 1, targets - 1);
          const top = Math.max(pair.take(tilts, i, 0, extra), pair.take(tilts, last, 1, extra));
          const { directions, lambda } = pair;
          kernel.sumPair(directions, lambda, top, loaded.coefficients, degree + extra, blocks, sums);
          for (let k = i; k <= last; k++) finish(tilts, k, top, k - i, out);
        }
      },
    };
  };

  return {
    combinations,
    freeze(measure, most, longest) {
      law = measure;
      degree = most;
      limit = longest;
      // two more: combinations that differentiate keep one, and take it from moments one higher still
      kernel.reserve(degree + 2);
      pair.freeze(degree, limit);
      mass = 0;
      for (let j = 0; j < law.count; j++) mass += Math.abs(law.weights[j]);
    },
  };
}
