import { iteratedIntegral } from "../models/gallery/iterated-integral.js";
import { meanAndError } from "../studies/statistics.js";
import { wrap } from "../sphere/measure.js";
import type { CommonNoise, Scheme } from "../types.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { judge, type Claim } from "../studies/claim.js";

export interface ConstantOptions {
  readonly paths: number;
  readonly steps: number;
  readonly seed?: string;
  /** What the scheme is given in place of the noise: faults are injected here. */
  readonly fault?: (noise: CommonNoise) => CommonNoise;
}

/** Three standard deviations (99.7%) for intervals of constants. */
const Z = 3;

/** Terminal errors in X_3 of dX_3 = W^1 dW^2 on [0, 1], path by path; the truth is the iterated integral of the path. */
export function iteratedIntegralErrors(
  scheme: Scheme,
  area: boolean,
  { paths, steps, seed = "iterated integral", fault }: ConstantOptions,
): Float64Array {
  const noise = pathNoise({ seed, channels: 2, horizon: 1, steps });
  const solve = pathwise({
    model: iteratedIntegral(),
    scheme,
    initial: wrap(new Float64Array(3), 3),
    noise: (path) => fault?.(noise(path)) ?? noise(path),
    area,
  });
  const W = new Float64Array(2);
  const L = new Float64Array(4);
  return Float64Array.from({ length: paths }, (_, path) => {
    const path1 = noise(path);
    path1.increment(1, 0, W);
    path1.area?.(1, 0, L);
    return solve(steps, path)[2] - (0.5 * W[0] * W[1] + L[1]);
  });
}

/** Root mean square over its exact value, with the interval of Z standard errors (delta method). */
function ratio(errors: Float64Array, exact: number): { value: number; interval: readonly [number, number] } {
  const { mean, standardError } = meanAndError(errors.map((e) => e * e));
  const value = Math.sqrt(mean) / exact;
  const reach = (Z * standardError) / (2 * Math.sqrt(mean) * exact);
  return { value, interval: [value - reach, value + reach] };
}

/** dX_3 = W^1 dW^2: RMS error sqrt(Th/2) for Euler–Maruyama, sqrt(Th/4) for Milstein without area, zero with it. */
export function iteratedIntegralClaims(options: ConstantOptions): Claim[] {
  const h = 1 / options.steps;
  const euler = ratio(iteratedIntegralErrors(eulerMaruyama, false, options), Math.sqrt(h / 2));
  const bare = ratio(iteratedIntegralErrors(milstein, false, options), Math.sqrt(h / 4));
  const few = { ...options, paths: Math.min(options.paths, 500) };
  const largest = iteratedIntegralErrors(milstein, true, few).reduce((s, e) => Math.max(s, Math.abs(e)), 0);
  const band = [0.97, 1.03] as const;
  return [
    judge("dX3 = W1 dW2, Euler-Maruyama: RMS error / sqrt(Th/2)", euler.value, euler.interval, band),
    judge("dX3 = W1 dW2, Milstein without area: RMS error / sqrt(Th/4)", bare.value, bare.interval, band),
    judge("dX3 = W1 dW2, Milstein with area: largest error", largest, [0, largest], [0, 1e-13]),
  ];
}
