import type { Measure } from "../types.js";
import type { DirectFunctions } from "./direct-tilted.js";
import { planTiltKernel } from "./kernels/plan-tilt-kernel.js";
import { WINDOW } from "./kernels/tilt-kernel.js";
import { planTiltCoefficients } from "./tilt-coefficients.js";
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
  /**
   * Fixes the law and the degree of its sums, which leaves out at most `truncation` of the average over the whole sphere; no
   * tilt is longer than `limit`.
   */
  freeze(law: Measure, degree: number, limit: number, truncation: number): void;
  /** The averages that `summed` finds directly, with its values; what the error bound does not allow is left to it. */
  combinations(
    summed: DirectFunctions,
    sources: number,
    recipes: readonly (readonly TiltedTerm[])[],
  ): Pick<TiltedFunctions, "load" | "average">;
}

/**
 * Tilted averages from harmonic moments. Tilts handed over and error bounds are entered in `tally`. Where the second half of the tilts is minus the first, as on a grid whose
 * second half of nodes is opposite to the first, a half is summed for both. Averaging throws a RangeError on a longer
 * tilt than frozen for.
 */
export function planHarmonicTilted(dimension: 2 | 3, tolerance: number, tally: TiltedTally): HarmonicTilted {
  const kernel = planTiltKernel(dimension);
  let law: Measure;
  let degree = 0;
  let limit = 0;
  let truncation = 0;
  let mass = 0;

  /** Fills the window with tilts from `first` on. */
  const take = (tilts: Float64Array, first: number, count: number, window: Float64Array): void => {
    window.fill(0);
    for (let i = 0; i < count; i++) {
      let square = 0;
      for (let a = 0; a < dimension; a++) {
        const u = tilts[(first + i) * dimension + a];
        window[4 * (dimension * (i >> 2) + a) + (i & 3)] = u;
        square += u * u;
      }
      const kappa = Math.sqrt(square);
      if (!(kappa <= limit))
        throw new RangeError(
          `planTilted: a tilt of length ${kappa} is beyond the reach ${limit} frozen for.`,
        );
    }
  };

  const combinations: HarmonicTilted["combinations"] = (summed, sources, recipes) => {
    const { values, width } = summed;
    const loaded = planTiltCoefficients(kernel, dimension, sources, recipes);
    const { extra } = loaded;
    /** Truncation relative to the sum of ones. */
    const cut = (): number => (3 + extra * (degree + extra)) * truncation * mass;

    /**
     * Tilt i from number `at` of the window, or minus that: divides by the sum of ones if the bound on truncation and
     * rounding, relative to that sum, allows it.
     */
    const finish = (at: number, sign: 1 | -1, tilts: Float64Array, i: number, out: Float64Array): void => {
      const { sums, sizes } = loaded.sums;
      const odd = 4 * (width + 1);
      let from = 2 * odd * (at >> 2) + (at & 3);
      const ones = sums[from] + sign * sums[from + odd];
      const error = (cut() + ROUNDING * sizes[at]) / ones + FLOOR;
      if (ones > 0 && error <= tolerance) {
        if (error > tally.errorBound) tally.errorBound = error;
        const inverse = 1 / ones;
        for (let r = 0; r < width; r++) {
          from += 4;
          out[i * width + r] = (sums[from] + sign * sums[from + odd]) * inverse;
        }
      } else {
        summed.averageOne(tilts, i, out);
        tally.summedDirectly++;
      }
    };

    return {
      load: () => loaded.load(law, values, degree + extra, limit),
      average(tilts, out) {
        const targets = tilts.length / dimension;
        const mirrored = targets % 2 === 0 && isMirrored(tilts);
        const own = mirrored ? targets / 2 : targets;
        for (let first = 0; first < own; first += WINDOW) {
          const count = Math.min(WINDOW, own - first);
          take(tilts, first, count, loaded.sums.tilts);
          loaded.sums.run(count, degree, extra, truncation);
          for (let i = 0; i < count; i++) {
            finish(i, 1, tilts, first + i, out);
            if (mirrored) finish(i, -1, tilts, own + first + i, out);
          }
        }
      },
    };
  };

  return {
    combinations,
    freeze(measure, most, longest, rest) {
      law = measure;
      degree = most;
      limit = longest;
      truncation = rest;
      mass = 0;
      for (let j = 0; j < law.count; j++) mass += Math.abs(law.weights[j]);
    },
  };
}

/** Whether the second half is minus the first. */
function isMirrored(tilts: Float64Array): boolean {
  const half = tilts.length / 2;
  for (let i = 0; i < half; i++) if (tilts[i + half] !== -tilts[i]) return false;
  return half > 0;
}
