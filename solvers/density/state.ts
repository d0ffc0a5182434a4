import type { Diagnostics, HarmonicTransform, Interval, Measure, SchemeFacts } from "../../src/types.js";

/** A density by its coefficients, and the same density as weighted quadrature nodes, which is all a model sees. */
export interface DensityState {
  /** [size] coefficients of rho with respect to the surface measure. */
  readonly coefficients: Float64Array;
  /** [count] rho at the nodes. */
  readonly values: Float64Array;
  /** Nodes with weights rho * (quadrature weight). Truncation may take weights below zero. */
  readonly law: Measure;
  /** Brings `values` and `law` up to date with the coefficients. */
  refresh(): void;
}

export function densityState(transform: HarmonicTransform): DensityState {
  const { size, count, nodes, weights, dimension } = transform;
  const coefficients = new Float64Array(size);
  const values = new Float64Array(count);
  const law: Measure = { count, dimension, points: nodes, weights: new Float64Array(count) };
  return {
    coefficients,
    values,
    law,
    refresh() {
      transform.synthesis(coefficients, values);
      for (let i = 0; i < count; i++) law.weights[i] = values[i] * weights[i];
    },
  };
}

/** One step of a method for the law of the tokens; `state` is fresh before and stale after. */
export interface DensityStepper extends SchemeFacts {
  /** A path begins, or goes on here from a coarser grade. */
  restart?(): void;
  step(state: DensityState, interval: Interval): void;
  diagnostics(): Diagnostics;
}
