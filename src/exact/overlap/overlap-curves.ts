import { exp } from "../../numerics/exp.js";
import { solveScalar } from "../../numerics/runge-kutta.js";
import { square } from "../../numerics/square.js";
import type { SimplexEnsemble } from "./simplex-attention.js";

/**
 * Drift of the common overlap of a simplex on the diffusive clock, sigma_V^2 = 1/d:
 * (d-2+gamma^2)/d (gamma + (1-gamma) g) - (d-1)/d gamma (gamma + (1-gamma) f). At d = Infinity this is the printed
 * gamma' = gamma + (1-gamma) g - gamma (gamma + (1-gamma) f) of arXiv:2604.01978.
 */
export function simplexDrift(dimension: number, gamma: number, f: number, g: number): number {
  const across = gamma + (1 - gamma) * g;
  const own = gamma + (1 - gamma) * f;
  return (1 - (2 - gamma * gamma) / dimension) * across - (1 - 1 / dimension) * gamma * own;
}

export interface SimplexCurve {
  readonly ensemble: SimplexEnsemble;
  /** d of the drift; Infinity for the printed curve. */
  readonly dimension: number;
  readonly start: number;
  readonly horizon: number;
  readonly steps: number;
  /** Groups of samples for the standard error; 10 unless given. */
  readonly batches?: number;
}

export interface OverlapCurve {
  readonly times: Float64Array;
  readonly gamma: Float64Array;
  /** Monte Carlo standard error at every time: the spread of the curves of the batches. */
  readonly standardError: Float64Array;
  /** Error of the time steps, from a run of the first batch with twice as many: largest difference / 15. */
  readonly stepError: number;
}

/** The overlap gamma(s) of a simplex under random heads, f and g by Monte Carlo with the same matrices at all times. */
export function simplexCurve(options: SimplexCurve): OverlapCurve {
  const { ensemble, dimension, start, horizon, steps, batches = 10 } = options;
  if (!(batches >= 2 && ensemble.samples >= batches)) {
    throw new RangeError(
      `batches: ${batches} groups of ${ensemble.samples} samples; want at least two of one`,
    );
  }
  const fg = new Float64Array(2);
  const solve = (from: number, to: number, count: number): Float64Array =>
    solveScalar(
      (gamma) => {
        ensemble.moments(gamma, from, to, fg);
        return simplexDrift(dimension, gamma, fg[0], fg[1]);
      },
      start,
      horizon,
      count,
    );
  const edge = (b: number): number => Math.floor((b * ensemble.samples) / batches);
  const groups = Array.from({ length: batches }, (_, b) => solve(edge(b), edge(b + 1), steps));
  const fine = solve(0, edge(1), 2 * steps);
  let stepError = 0;
  for (let s = 0; s <= steps; s++) stepError = Math.max(stepError, Math.abs(groups[0][s] - fine[2 * s]) / 15);
  const standardError = Float64Array.from({ length: steps + 1 }, (_, s) => {
    const mean = groups.reduce((sum, curve) => sum + curve[s], 0) / batches;
    const squares = groups.reduce((sum, curve) => sum + square(curve[s] - mean), 0);
    return Math.sqrt(squares / (batches * (batches - 1)));
  });
  return {
    times: timesOf(horizon, steps),
    gamma: solve(0, ensemble.samples, steps),
    standardError,
    stepError,
  };
}

export function timesOf(horizon: number, steps: number): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, s) => (s * horizon) / steps);
}

/**
 * Right side of gamma' = 2 e^{beta gamma} (1-gamma) (1+(n-1) gamma) / (e^beta + (n-1) e^{beta gamma}): the overlap of a
 * simplex under deterministic self-attention, V = A = I (Geshkovski, Letrouit, Polyanskiy, Rigollet, arXiv:2312.10794).
 */
export function selfAttentionDrift(tokens: number, beta: number, gamma: number): number {
  const q = exp(beta * (gamma - 1));
  return (2 * q * (1 - gamma) * (1 + (tokens - 1) * gamma)) / (1 + (tokens - 1) * q);
}

/** u' = u (1-u), the mean overlap at small beta: u(s) = u_0 e^s / (1 - u_0 + u_0 e^s). */
export function logisticOverlap(start: number, time: number): number {
  return start / (start + (1 - start) * exp(-time));
}
