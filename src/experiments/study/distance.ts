import { projections } from "../../observables/projections.js";
import { wasserstein } from "../../observables/wasserstein.js";
import { copyMeasure } from "../../sphere/measure.js";
import type { Measure } from "../../types.js";
import type { StudyConfig } from "../../config/config.js";
import { slicedAgainst } from "./sliced.js";

/** Pairs of places up to which exact transport takes some hundredths of a second. */
const EXACT_PAIRS = 2 ** 12;

/** Directions of the sliced distance, for each dimension; fixed and evenly spread. */
const DIRECTIONS = 8;

/** The squared distance of clouds from a law, one for all sizes. */
export interface LawDistance {
  readonly name: string;
  readonly note: string;
  /** The law of one time, made ready for the distance of any cloud from it. */
  from(law: Measure): (cloud: Measure) => number;
}

/**
 * Exact (chordal) W_2^2, or sliced W_2^2 over evenly spread directions, which has the rates of its one-dimensional
 * projections; "auto" is exact where the largest cloud and the law are few enough points.
 */
export function lawDistance(
  choice: StudyConfig["distance"],
  dimension: number,
  largestCloud: number,
  lawCount: number,
): LawDistance {
  if (choice === "exact" || (choice === "auto" && largestCloud * lawCount <= EXACT_PAIRS)) {
    return {
      name: "W₂²",
      note: "exact chordal W2 for all levels",
      from(law) {
        const kept = copyMeasure(law);
        return (cloud) => wasserstein(cloud, kept) ** 2;
      },
    };
  }
  const sliced = slicedAgainst(projections(dimension, DIRECTIONS * dimension), dimension);
  return {
    name: "sliced W₂²",
    note: `sliced W2 over ${DIRECTIONS * dimension} even directions for all levels: its rates are those of projections`,
    from(law) {
      const sorted = sliced.sort(law);
      return (cloud) => sliced.square(cloud, sorted);
    },
  };
}
