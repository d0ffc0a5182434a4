import ndarray, { type NdArray } from "ndarray";
import type { Config } from "../config/config.js";
import { runNumbers, type RunNumbers, type RunOptions } from "../experiments/run.js";
import { arrayOf } from "./nested.js";

/** Where a single path ended. */
export interface FinalArrays {
  /** [n,d] where points carry the law. */
  readonly points?: NdArray<Float64Array>;
  /** [n], only where they are not all equal. */
  readonly weights?: NdArray<Float64Array>;
  /** [size] where a density does, in the order of its harmonics; `harmonics` has the degree and order of each. */
  readonly coefficients?: NdArray<Float64Array>;
  readonly harmonics?: readonly (readonly [degree: number, order: number])[];
}

export interface RunResult extends Omit<RunNumbers, "final"> {
  /** With one path only. */
  readonly final?: FinalArrays;
}

/**
 * Runs a configuration: the ensemble's means with standard errors, what a reader must know to trust them, and with one
 * path where it ended, as ndarrays. `runNumbers` is the same in plain numbers. Throws a ConfigError for a configuration
 * that cannot be run.
 */
export function run(config: Config, options: RunOptions = {}): RunResult {
  const { final, ...result } = runNumbers(config, options);
  if (!final) return result;
  const { points, weights, coefficients } = final;
  return {
    ...result,
    final: {
      ...(points && { points: arrayOf(points) }),
      ...(weights && { weights: arrayOf(weights) }),
      ...(coefficients && {
        coefficients: ndarray(Float64Array.from(Object.values(coefficients)), [
          Object.keys(coefficients).length,
        ]),
        harmonics: Object.keys(coefficients).map((lm) => {
          const [degree, order] = lm.split(",").map(Number);
          return [degree, order] as const;
        }),
      }),
    },
  };
}
