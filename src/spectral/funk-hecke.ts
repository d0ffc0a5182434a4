import { expm1 } from "../numerics/expm1.js";
import { Stopped } from "../numerics/stopped.js";
import { degreeNeeded, HIGHEST_DEGREE } from "./degree-needed.js";
import { plainRecipes, planDirectTilted } from "./direct-tilted.js";
import { COST, harmonicIsCheaper } from "./harmonic-cost.js";
import { planHarmonicTilted, type TiltedTally } from "./harmonic-tilted.js";
import { LARGEST_SOLID_DEGREE } from "./kernels/solid-harmonics.js";
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

/** The share of the tolerance that truncation may spend where the law is spread over the sphere. */
const SHARE = 0.01;

/** Where less of the law than this is seen, rounding needs a sum over the points anyway. */
const LEAST_SEEN = 0.01;

/**
 * What the sum of harmonics may leave out, relative to the average over the sphere. An average is divided by what a tilt
 * sees of the law, at least 2 kappa / (e^{2 kappa} - 1) of the average over the sphere in d = 3, and about that in d = 2.
 */
const truncationFor = (tolerance: number, kappa: number): number =>
  SHARE * tolerance * Math.max(LEAST_SEEN, kappa > 0 ? (2 * kappa) / expm1(2 * kappa) : 1);

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

  const tally: TiltedTally = { tilts: 0, summedDirectly: 0, errorBound: 0 };
  const harmonic = planHarmonicTilted(dimension, tolerance, tally);
  const atMost = dimension === 2 ? HIGHEST_DEGREE : LARGEST_SOLID_DEGREE - 2;
  let frozen = false;
  let chosen = false;
  let degree = 0;

  const choose = (reach: number): boolean => {
    if (method === "harmonic" && degree > atMost)
      throw new Stopped(
        `harmonic sums end at degree ${atMost}, and tilts of ${reach.toPrecision(3)} need a higher one: want "auto" or "direct" sums`,
      );
    return (
      method === "harmonic" || (degree <= atMost && harmonicIsCheaper(dimension, count, degree, COST.point))
    );
  };

  const combinations = (sources: number, recipes: readonly (readonly TiltedTerm[])[]): TiltedFunctions => {
    const summed = direct.combinations(sources, recipes);
    const expanded = harmonic.combinations(summed, sources, recipes);
    return {
      width: summed.width,
      values: summed.values,
      load() {
        if (!frozen) throw new Error("planTilted: freeze a law before loading functions.");
        if (chosen) expanded.load();
      },
      average(tilts, out) {
        const targets = tilts.length / dimension;
        tally.tilts += targets;
        if (!chosen) tally.summedDirectly += targets;
        (chosen ? expanded : summed).average(tilts, out);
      },
    };
  };

  return {
    dimension,
    count,
    functions: (width) => combinations(width, plainRecipes(width)),
    combinations,

    freeze(law, reach) {
      if (!(reach >= 0 && reach < Infinity))
        throw new RangeError(`planTilted: reach must be finite and not negative, got ${reach}.`);
      frozen = true;
      // A last bit of slack, so that a reach computed in another order of operations is not exceeded.
      const limit = reach * (1 + 1e-12);
      direct.freeze(law, reach);
      tally.tilts = tally.summedDirectly = tally.errorBound = 0;
      const truncation = truncationFor(tolerance, limit);
      degree = degreeNeeded(dimension, limit, truncation);
      chosen = choose(reach);
      if (chosen) harmonic.freeze(law, degree, limit, truncation);
    },

    diagnostics: () => ({
      method: chosen ? "harmonic" : "direct",
      degree: chosen ? degree : 0,
      ...tally,
    }),
  };
}
