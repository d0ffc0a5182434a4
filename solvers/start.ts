import { copyMeasure } from "../src/sphere/measure.js";
import type { Measure } from "../src/types.js";

/** Where an evolution starts: a law, or a rule that gives one of the same size for every path. */
export type Start = Measure | ((path: number) => Measure);

/** The law that moves, and the way back to where path `path` starts. */
export interface Started {
  readonly law: Measure;
  readonly startOf: (path: number) => Measure;
  /** A RangeError when the path starts with another number of points, or in another dimension. */
  reset(path: number): void;
}

/** A copy of the start of path 0, for points in R^dimension. A RangeError, naming `initial`, for any other. */
export function started(initial: Start, dimension: number): Started {
  const startOf = typeof initial === "function" ? initial : () => initial;
  const law = copyMeasure(startOf(0));
  if (law.dimension !== dimension) {
    throw new RangeError(`initial: points in R^${law.dimension} for a model in R^${dimension}`);
  }
  return {
    law,
    startOf,
    reset(path) {
      const start = startOf(path);
      if (start.count !== law.count || start.dimension !== dimension) {
        const where = start.dimension === dimension ? "" : ` in R^${start.dimension}`;
        throw new RangeError(
          `initial: path ${path} starts with ${start.count} points${where}, and ${law.count} in R^${dimension} were planned`,
        );
      }
      law.points.set(start.points);
      law.weights.set(start.weights);
    },
  };
}
