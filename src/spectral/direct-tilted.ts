import type { Measure } from "../types.js";
import type { TiltedAverages, TiltedFunctions } from "./tilted-averages.js";

/** Also averages a single tilt, so that other methods can hand over the tilts they are not sure of. */
export interface DirectFunctions extends TiltedFunctions {
  averageOne(tilts: Float64Array, which: number, out: Float64Array): void;
}

export interface DirectTilted extends TiltedAverages {
  functions(width: number): DirectFunctions;
}

/**
 * Tilted averages by the sum over all points, in any dimension: O(n) a tilt, exponents shifted by their maximum. The
 * reference for faster methods.
 */
export function planDirectTilted(dimension: number, count: number): DirectTilted {
  const weight = new Float64Array(count);
  let law: Measure | null = null;

  return {
    dimension,
    count,
    freeze: (measure) => {
      law = measure;
    },
    functions: (width) => {
      const values = new Float64Array(count * width);
      const averageOne = (tilts: Float64Array, which: number, out: Float64Array): void => {
        if (!law) throw new Error("DirectTilted: freeze a law before averaging.");
        const total = tiltedWeights(law, tilts, which * dimension, weight);
        const to = which * width;
        for (let r = 0; r < width; r++) {
          let sum = 0;
          for (let j = 0; j < count; j++) sum += weight[j] * values[j * width + r];
          out[to + r] = sum / total;
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
    },
    diagnostics: () => ({ method: "direct" }),
  };
}

/** out_j = w_j e^{<u,y_j> - max}; returns their sum. */
function tiltedWeights(law: Measure, tilts: Float64Array, offset: number, out: Float64Array): number {
  const { points, weights, count, dimension: d } = law;
  let largest = -Infinity;
  for (let j = 0; j < count; j++) {
    let exponent = 0;
    for (let a = 0; a < d; a++) exponent += tilts[offset + a] * points[j * d + a];
    out[j] = exponent;
    if (exponent > largest) largest = exponent;
  }
  let total = 0;
  for (let j = 0; j < count; j++) {
    out[j] = weights[j] * Math.exp(out[j] - largest);
    total += out[j];
  }
  return total;
}
