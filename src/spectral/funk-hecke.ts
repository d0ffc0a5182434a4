import type { Measure } from "../types.js";
import { relativeBessel } from "../numerics/bessel.js";
import { planCircleTilt } from "./kernels/circle-tilt.js";
import { degreeNeeded, harmonicDimension } from "./degree-needed.js";
import { plainRecipes, planDirectTilted } from "./direct-tilted.js";
import { harmonicIsCheaper } from "./harmonic-cost.js";
import { LARGEST_SOLID_DEGREE } from "./kernels/solid-harmonics.js";
import { planSphereTilt } from "./kernels/sphere-tilt.js";
import { planTiltCoefficients } from "./tilt-coefficients.js";
import type { TiltedAverages, TiltedFunctions, TiltedTerm } from "./tilted-averages.js";

export type TiltedMethod = "auto" | "harmonic" | "direct";

export interface TiltedOptions {
  /** d; other than 2 and 3 only the direct sum is known. */
  readonly dimension: number;
  /** n */
  readonly count: number;
  /** Error allowed in an average of functions bounded by one; default 1e-12. */
  readonly tolerance?: number;
  /** Default "auto": whichever is cheaper for the law's reach, decided at every freeze. */
  readonly method?: TiltedMethod;
}

/**
 * The degree is chosen so that truncation spends about this share of the tolerance for a law spread over the sphere; the
 * rest is for rounding, and for laws with little mass under the tilt.
 */
const TRUNCATION_SHARE = 0.01;

/** Rounding of a sum of harmonics, in units of the sum of the degrees' largest contributions (measured: below 1). */
const ROUNDING = 4 * Number.EPSILON;

/** Rounding of any average, the direct sum's too: of the points, the tilt and the quotient. */
const FLOOR = 16 * Number.EPSILON;

/**
 * Tilted averages by the Funk-Hecke formula: with kappa = |u|
 *   integral of e^{<u,y>} f dmu = e^kappa sum_l lambda_l(kappa) |S| sum_m f_lm Y_lm(u/kappa),
 * f_lm the harmonic moments of f w.r.t. the law, |S| the area. Only ratios lambda_l / lambda_0 matter to an average.
 * The degree follows from `reach` and the tolerance (degree-needed.ts): O(n l^2) for n tilts instead of O(n^2). Every
 * tilt has its own error bound (truncation and rounding, relative to the sum it is divided by); where that exceeds the
 * tolerance, because no mass lies where the tilt points, the tilt is summed directly. Cloud or density makes no
 * difference.
 * Throws a RangeError for method "harmonic" outside d = 2, 3, and at freeze when it would need a degree near 1400.
 */
export function planTilted(options: TiltedOptions): TiltedAverages {
  const { dimension, count, tolerance = 1e-12, method = "auto" } = options;
  if (!(tolerance > 0 && tolerance < 1))
    throw new RangeError(`planTilted: tolerance must lie between 0 and 1, got ${tolerance}.`);
  const direct = planDirectTilted(dimension, count);
  if (dimension !== 2 && dimension !== 3) {
    if (method === "harmonic")
      throw new RangeError(`planTilted: harmonic sums exist in dimension 2 and 3, not ${dimension}.`);
    return direct;
  }
  if (method === "direct") return direct;

  const kernel = dimension === 2 ? planCircleTilt() : planSphereTilt();
  const truncation = TRUNCATION_SHARE * tolerance;
  const atMost = dimension === 2 ? Infinity : LARGEST_SOLID_DEGREE - 2;
  let law: Measure | null = null;
  let harmonic = false;
  let degree = 0;
  let mass = 0;
  let limit = 0;
  let bessel = new Float64Array(1);
  let lambda = new Float64Array(2);
  const directions = new Float64Array(6);
  let errorBound = 0;
  let summedDirectly = 0;
  let tilted = 0;

  /**
   * Direction and lambda of one tilt of a pair, cut where the rest no longer matters; returns the last degree kept.
   */
  const prepare = (tilts: Float64Array, i: number, which: 0 | 1, extra: number): number => {
    const at = i * dimension;
    const x = tilts[at];
    const y = tilts[at + 1];
    const z = dimension === 3 ? tilts[at + 2] : 0;
    const kappa = Math.sqrt(x * x + y * y + z * z);
    if (!(kappa <= limit))
      throw new RangeError(`planTilted: a tilt of length ${kappa} is beyond the reach ${limit} frozen for.`);
    const scale = kappa > 0 ? 1 / kappa : 0;
    directions[3 * which] = x * scale;
    directions[3 * which + 1] = y * scale;
    directions[3 * which + 2] = z * scale;
    const highest = degree + extra;
    relativeBessel(dimension, kappa, highest, bessel);
    let top = degree;
    for (let rest = 0; top > 0; top--) {
      rest += harmonicDimension(dimension, top) * bessel[top];
      if (rest > truncation) break;
    }
    top += extra;
    for (let l = 0; l <= highest; l++) lambda[2 * l + which] = l <= top ? bessel[l] : 0;
    return top;
  };

  const combinations = (sources: number, recipes: readonly (readonly TiltedTerm[])[]): TiltedFunctions => {
    const summed = direct.combinations(sources, recipes);
    const { values, width } = summed;
    const loaded = planTiltCoefficients(kernel, dimension, sources, recipes);
    const { blocks, extra } = loaded;
    const sums = new Float64Array(8 * blocks);

    /** Divides by the sum of ones if the bound allows it. */
    const finish = (tilts: Float64Array, i: number, top: number, which: number, out: Float64Array): void => {
      const { bounds } = loaded;
      let size = 0;
      for (let l = 0; l <= top; l++) size += lambda[2 * l + which] * bounds[l];
      const from = 4 * blocks * which;
      const error = ((3 + extra * top) * truncation * mass + ROUNDING * size) / sums[from] + FLOOR;
      if (sums[from] > 0 && error <= tolerance) {
        if (error > errorBound) errorBound = error;
        const inverse = 1 / sums[from];
        for (let r = 0; r < width; r++) out[i * width + r] = sums[from + 1 + r] * inverse;
      } else {
        summed.averageOne(tilts, i, out);
        summedDirectly++;
      }
    };

    return {
      width,
      values,

      load() {
        if (!law) throw new Error("planTilted: freeze a law before loading functions.");
        if (!harmonic) return;
        loaded.load(law, values, degree + extra, limit);
      },

      average(tilts, out) {
        const targets = tilts.length / dimension;
        tilted += targets;
        if (!harmonic) {
          summed.average(tilts, out);
          summedDirectly += targets;
          return;
        }
        for (let i = 0; i < targets; i += 2) {
          // the last tilt of an odd number is its own partner
          const last = Math.min(i + 1, targets - 1);
          const top = Math.max(prepare(tilts, i, 0, extra), prepare(tilts, last, 1, extra));
          kernel.sumPair(directions, lambda, top, loaded.coefficients, degree + extra, blocks, sums);
          for (let k = i; k <= last; k++) finish(tilts, k, top, k - i, out);
        }
      },
    };
  };

  return {
    dimension,
    count,
    functions: (width) => combinations(width, plainRecipes(width)),
    combinations,

    freeze(measure, reach) {
      if (!(reach >= 0 && reach < Infinity))
        throw new RangeError(`planTilted: reach must be finite and not negative, got ${reach}.`);
      law = measure;
      // A last bit of slack, so that a reach computed in another order of operations is not exceeded.
      limit = reach * (1 + 1e-12);
      direct.freeze(measure, reach);
      errorBound = 0;
      summedDirectly = 0;
      tilted = 0;
      degree = degreeNeeded(dimension, limit, truncation);
      if (method === "harmonic" && degree > atMost)
        throw new RangeError(
          `planTilted: tilts up to ${reach} need degree ${degree}, more than ${atMost}; use method "auto" or "direct".`,
        );
      harmonic = method === "harmonic" || (degree <= atMost && harmonicIsCheaper(dimension, count, degree));
      if (!harmonic) return;
      // two more: combinations that differentiate keep one, and take it from moments one higher still
      kernel.reserve(degree + 2);
      if (bessel.length < degree + 2) {
        bessel = new Float64Array(degree + 2);
        lambda = new Float64Array(2 * (degree + 2));
      }
      mass = 0;
      for (let j = 0; j < count; j++) mass += Math.abs(measure.weights[j]);
    },

    diagnostics: () => ({
      method: harmonic ? "harmonic" : "direct",
      degree: harmonic ? degree : 0,
      tilts: tilted,
      summedDirectly,
      errorBound,
    }),
  };
}
