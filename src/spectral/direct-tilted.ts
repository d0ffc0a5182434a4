import { exp } from "../numerics/exp.js";
import type { Measure } from "../types.js";
import type { TiltedAverages, TiltedFunctions, TiltedTerm } from "./tilted-averages.js";

/** Also averages a single tilt, so that other methods can hand over the tilts they are not sure of. */
export interface DirectFunctions extends TiltedFunctions {
  averageOne(tilts: Float64Array, which: number, out: Float64Array): void;
}

export interface DirectTilted extends TiltedAverages {
  functions(width: number): DirectFunctions;
  combinations(sources: number, recipes: readonly (readonly TiltedTerm[])[]): DirectFunctions;
}

/**
 * Tilted averages by the sum over all points, in any dimension: O(n) a tilt, exponents shifted by their maximum. The
 * reference for faster methods. Freezing throws a RangeError on a weight or point that is not finite.
 */
export function planDirectTilted(dimension: number, count: number): DirectTilted {
  const exponents = new Float64Array(count);
  const weight = new Float64Array(count);
  let law: Measure | null = null;

  const combinations = (sources: number, recipes: readonly (readonly TiltedTerm[])[]): DirectFunctions => {
    const width = recipes.length;
    const values = new Float64Array(count * sources);
    const averageOne = (tilts: Float64Array, which: number, out: Float64Array): void => {
      if (!law) throw new Error("DirectTilted: freeze a law before averaging.");
      const { points } = law;
      const total = tiltedWeights(law, tilts, which * dimension, exponents, weight);
      for (let r = 0; r < width; r++) {
        let sum = 0;
        for (const { source, along } of recipes[r]) {
          if (along === undefined) {
            for (let j = 0; j < count; j++) sum += weight[j] * values[j * sources + source];
          } else {
            const u = tilts[which * dimension + along];
            for (let j = 0; j < count; j++)
              sum +=
                weight[j] * values[j * sources + source] * (u - exponents[j] * points[j * dimension + along]);
          }
        }
        out[which * width + r] = sum / total;
      }
    };
    return {
      width,
      values,
      load: () => undefined,
      averageOne,
      average: (tilts, out) => {
        for (let i = 0; i < tilts.length / dimension; i++) averageOne(tilts, i, out);
      },
    };
  };

  return {
    dimension,
    count,
    freeze: (measure) => {
      requireFinite(measure);
      law = measure;
    },
    functions: (width) => combinations(width, plainRecipes(width)),
    combinations,
    diagnostics: () => ({ method: "direct" }),
  };
}

function requireFinite(law: Measure): void {
  let sum = 0;
  for (let j = 0; j < law.weights.length; j++) sum += law.weights[j];
  for (let i = 0; i < law.points.length; i++) sum += law.points[i];
  if (!Number.isFinite(sum))
    throw new RangeError("Tilted averages: the law has a weight or a point that is not finite.");
}

/** The functions themselves. */
export const plainRecipes = (width: number): TiltedTerm[][] =>
  Array.from({ length: width }, (_, source) => [{ source }]);

/** exponents_j = <u,y_j>, out_j = w_j e^{<u,y_j> - max}; returns the sum of these. */
function tiltedWeights(
  law: Measure,
  tilts: Float64Array,
  offset: number,
  exponents: Float64Array,
  out: Float64Array,
): number {
  const { points, weights, count, dimension: d } = law;
  let largest = -Infinity;
  for (let j = 0; j < count; j++) {
    let exponent = 0;
    for (let a = 0; a < d; a++) exponent += tilts[offset + a] * points[j * d + a];
    exponents[j] = exponent;
    if (exponent > largest) largest = exponent;
  }
  let total = 0;
  for (let j = 0; j < count; j++) {
    out[j] = weights[j] * exp(exponents[j] - largest);
    total += out[j];
  }
  return total;
}
