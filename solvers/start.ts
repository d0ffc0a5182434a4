import { allFinite } from "../src/numerics/finite.js";
import { checkValue } from "../src/numerics/options.js";
import { MEASURE } from "../src/numerics/shapes.js";
import { Stopped } from "../src/numerics/stopped.js";
import { copyMeasure } from "../src/sphere/measure.js";
import type { Interval, Measure, Model } from "../src/types.js";

/** Where an evolution starts: a law, or a rule that gives one of the same size for every path. */
export type Start = Measure | ((path: number) => Measure);

/** Whose weights the points carry: those of a law, or of a quadrature rule, which may be anything finite. */
export type WeightsOf = "law" | "quadrature";

type Place = Pick<Model, "dimension" | "manifold">;

/** The law that moves, and the way back to where path `path` starts. */
export interface Started {
  readonly law: Measure;
  readonly startOf: (path: number) => Measure;
  /** Throws `Stopped`, naming what is wrong, when the path cannot start; the law stays as it is. */
  reset(path: number): void;
  /** Lays the law's points into `home` [n,d], where whoever moves them wants them. */
  settle(home: Float64Array): void;
  /** The same step, but one that throws leaves the points where they were. */
  whole<Result>(advance: (interval: Interval) => Result): (interval: Interval) => Result;
}

/** How far from one a norm, or a sum of weights, may be. */
const CLOSE = 1e-9;

/** A copy of the start of path 0. Throws a RangeError, naming `initial`, for one that cannot be. */
export function started(initial: Start, place: Place, meant: WeightsOf = "law"): Started {
  const startOf = typeof initial === "function" ? initial : () => initial;
  const first = startOf(0);
  checkValue("initial", first, MEASURE);
  const fault = faultOf(first, place, meant);
  if (fault) throw new RangeError(`initial: ${fault}`);
  const law: { -readonly [Part in keyof Measure]: Measure[Part] } = copyMeasure(first);
  const before = new Float64Array(law.points.length);
  return {
    law,
    startOf,
    reset(path) {
      const start = startOf(path);
      const wrong = sizeFault(start, law) ?? faultOf(start, place, meant);
      if (wrong) throw new Stopped(`initial: path ${path} starts with ${wrong}`, { time: 0 });
      law.points.set(start.points);
      law.weights.set(start.weights);
    },
    settle(home) {
      home.set(law.points);
      law.points = home;
    },
    whole: (advance) => (interval) => {
      before.set(law.points);
      try {
        return advance(interval);
      } catch (error) {
        law.points.set(before);
        throw error;
      }
    },
  };
}

/** Another size than was planned, as a clause. */
function sizeFault(start: Measure, { count, dimension }: Measure): string | null {
  if (start.count === count && start.dimension === dimension) return null;
  const where = start.dimension === dimension ? "" : ` in R^${start.dimension}`;
  return `${start.count} points${where}, and ${count} in R^${dimension} were planned`;
}

/** What keeps these points from being a start, as a clause; null where nothing does. */
function faultOf(
  { count, dimension, points, weights }: Measure,
  place: Place,
  meant: WeightsOf,
): string | null {
  const d = dimension;
  if (d !== place.dimension) return `points in R^${d} for a model in R^${place.dimension}`;
  if (!(count > 0 && points.length === count * d && weights.length === count)) {
    return `${points.length} coordinates and ${weights.length} weights, want ${d} and one for each of ${count} points`;
  }
  if (!allFinite(points)) {
    const odd = points.findIndex((v) => !Number.isFinite(v));
    return `points[${Math.floor(odd / d)}] with a coordinate ${points[odd]}, want finite numbers`;
  }
  if (place.manifold === "sphere") {
    for (let i = 0; i < count; i++) {
      let square = 0;
      for (let a = i * d; a < (i + 1) * d; a++) square += points[a] * points[a];
      const norm = Math.sqrt(square);
      if (!(Math.abs(norm - 1) <= CLOSE)) return `points[${i}] of norm ${norm}, want unit vectors`;
    }
  }
  return weightFault(weights, meant);
}

function weightFault(weights: Float64Array, meant: WeightsOf): string | null {
  let sum = 0;
  let least = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    least = Math.min(least, weights[i]);
  }
  if (!allFinite(weights) || (meant === "law" && least < 0)) {
    const bad = weights.findIndex((w) => !(meant === "law" ? w >= 0 && w < Infinity : Number.isFinite(w)));
    const want = meant === "law" ? "none below zero" : "finite numbers";
    return `weights[${bad}] = ${weights[bad]}, want ${want}`;
  }
  if (meant === "quadrature") return null;
  return Math.abs(sum - 1) <= CLOSE ? null : `weights that sum to ${sum}, want 1`;
}
