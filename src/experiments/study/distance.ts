import { projections } from "../../observables/projections.js";
import { slicedWasserstein } from "../../observables/sliced-wasserstein.js";
import { wasserstein } from "../../observables/wasserstein.js";
import { copyMeasure } from "../../sphere/measure.js";
import type { Measure } from "../../types.js";
import type { StudyConfig } from "../../config/config.js";
import { square } from "../../numerics/square.js";
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
  /** How far a law's nodes are from a finer law, about: where it is exact, the least that any weights of the nodes could be. */
  gap(law: Measure, finer: Measure): number;
}

/** Points of the finer law that are looked up among the nodes. */
const LOOKED_UP = 2 ** 11;

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
        return (cloud) => square(wasserstein(cloud, kept));
      },
      gap: nearest,
    };
  }
  const directions = projections(dimension, DIRECTIONS * dimension);
  const sliced = slicedAgainst(directions, dimension);
  return {
    name: "sliced W₂²",
    note: `sliced W2 over ${DIRECTIONS * dimension} even directions for all levels: its rates are those of projections`,
    from(law) {
      const sorted = sliced.sort(law);
      return (cloud) => sliced.square(cloud, sorted);
    },
    gap: (law, finer) => square(slicedWasserstein(law, finer, directions)),
  };
}

/** The mean squared distance of a law's points from the nearest of the nodes. */
function nearest(nodes: Measure, { dimension: d, count, points, weights }: Measure): number {
  const stride = Math.ceil(count / LOOKED_UP);
  let [sum, mass] = [0, 0];
  for (let i = 0; i < count; i += stride) {
    let least = Infinity;
    for (let o = 0; o < nodes.points.length; o += d) {
      let apart = 0;
      for (let a = 0; a < d; a++) apart += square(points[i * d + a] - nodes.points[o + a]);
      least = Math.min(least, apart);
    }
    sum += weights[i] * least;
    mass += weights[i];
  }
  return sum / mass;
}
