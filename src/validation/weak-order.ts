import { gaussianAttention } from "../models/attention/gaussian-attention.js";
import { randomQuadraticForm } from "../models/gallery/random-quadratic-form.js";
import { sphericalBrownian } from "../models/gallery/spherical-brownian.js";
import { wrap } from "../sphere/measure.js";
import { lineWeights } from "../studies/regression.js";
import type { Model, Scheme } from "../types.js";
import { slopeNear, type Claim } from "../studies/claim.js";
import {
  chainMean,
  diffusionMean,
  overIncrements,
  type OverlapDiffusion,
} from "../exact/overlap/overlap-chain.js";
import { exp } from "../numerics/exp.js";
import { log } from "../numerics/log.js";
import { log1p } from "../numerics/log1p.js";
import { power } from "../numerics/power.js";
import { square } from "../numerics/square.js";

/** How finely expectations are integrated; the second of two is the value, their difference its error. */
export interface Resolution {
  /** Gauss–Hermite nodes a channel. */
  readonly nodes: number;
  /** Degree of the polynomials in the overlap. */
  readonly degree: number;
}

export interface WeakOrders {
  readonly levels: readonly number[];
  readonly resolutions?: readonly [Resolution, Resolution];
}

export interface WeakOrderClaim extends Claim {
  readonly levels: readonly { readonly steps: number; readonly bias: number; readonly error: number }[];
}

const RESOLUTIONS: readonly [Resolution, Resolution] = [
  { nodes: 6, degree: 24 },
  { nodes: 8, degree: 32 },
];

/** An overlap diffusion with the model that has it, its start and its horizon. */
export interface OverlapProblem {
  readonly name: string;
  readonly model: Model;
  readonly diffusion: OverlapDiffusion;
  readonly R0: number;
  readonly T: number;
  /** Channels one Euler–Maruyama step depends on from a symmetric pair; all for other schemes. */
  readonly channels: readonly number[];
}

/** Two tokens of Gaussian heads at beta = 0, sigma_V^2 = 1/d: only V times the mean of the two acts on them. */
export function twoTokens(d: number): OverlapProblem {
  const start: Readonly<Record<number, readonly [number, number]>> = { 2: [0.3, 1], 3: [0.2, 1], 8: [0, 2] };
  const [R0, T] = start[d] ?? [0, 1];
  return {
    name: `two tokens, beta = 0, d = ${d}`,
    model: gaussianAttention({
      dimension: d,
      beta: 0,
      sigmaV: 1 / Math.sqrt(d),
      atoms: [new Float64Array(d * d)],
    }),
    diffusion: {
      drift: (R) => ((1 - R * R) * (d - 2 - R)) / (2 * d),
      variance: (R) => square(1 - R * R) / d,
    },
    R0,
    T,
    channels: Array.from({ length: d }, (_, a) => a * d),
  };
}

/** Two tokens of the random quadratic form (arXiv:2603.06187); the law of the overlap is the same in every dimension. */
export function quadraticFormPair(d: number): OverlapProblem {
  return {
    name: `random quadratic form, d = ${d}`,
    model: randomQuadraticForm(d),
    diffusion: { drift: (R) => -2 * R * (1 - R * R), variance: (R) => 4 * square(1 - R * R) },
    R0: 0.3,
    T: 0.25,
    channels: Array.from({ length: d * d }, (_, k) => k),
  };
}

/** Weak order in E R_T^2, both sides integrated numerically: there is no statistical error. */
export function overlapWeakOrder(
  { name, model, diffusion, R0, T, channels }: OverlapProblem,
  scheme: Scheme,
  { levels, resolutions = RESOLUTIONS }: WeakOrders,
): WeakOrderClaim {
  const f = (R: number): number => R * R;
  const bias = ({ nodes, degree }: Resolution, steps: number): number =>
    chainMean(
      {
        model,
        scheme,
        dt: T / steps,
        nodes,
        degree,
        ...(scheme.name === "euler-maruyama" && { channels }),
      },
      f,
      R0,
      steps,
    ) - diffusionMean(diffusion, f, R0, T, degree);
  return weakOrderClaim(`weak order of ${scheme.name} in E R^2, ${name}`, levels, (steps) => [
    bias(resolutions[0], steps),
    bias(resolutions[1], steps),
  ]);
}

/**
 * Weak order in E P_l(<x_0, x_T>) of spherical Brownian motion, exactly exp(-l (l+d-2) T / 2). A step that is the same
 * from every point multiplies the harmonics of degree l by one number, which is integrated from the step itself.
 */
export function harmonicWeakOrder(
  d: number,
  l: number,
  scheme: Scheme,
  { levels, resolutions = RESOLUTIONS }: WeakOrders,
  T = 1,
): WeakOrderClaim {
  const exact = exp((-l * (l + d - 2) * T) / 2);
  return weakOrderClaim(
    `weak order of ${scheme.name} in E Y_${l}, Brownian motion, d = ${d}`,
    levels,
    (steps) => {
      const [low, high] = resolutions.map(
        ({ nodes }) => power(harmonicFactor(d, l, scheme, T / steps, 2 * nodes), steps) - exact,
      );
      return [low, high];
    },
  );
}

/** E P_l(<x_0, x_1>) after one step of spherical Brownian motion. */
export function harmonicFactor(d: number, l: number, scheme: Scheme, dt: number, nodes: number): number {
  const cloud = wrap(new Float64Array(d), d);
  const stepper = scheme.plan(sphericalBrownian(d), 1);
  const interval = { path: 0, step: 0, time: 0, dt, dW: new Float64Array(d), area: null };
  let sum = 0;
  overIncrements(
    Array.from({ length: d }, (_, a) => a),
    nodes,
    dt,
    interval.dW,
    (weight) => {
      cloud.points.fill(0);
      cloud.points[0] = 1;
      stepper.step(cloud, interval, null);
      sum += weight * zonal(d, l, cloud.points[0]);
    },
  );
  return sum;
}

/** Zonal harmonic of degree l on S^{d-1} with value one at t = 1: Gegenbauer's recurrence. */
export function zonal(d: number, l: number, t: number): number {
  let [before, value] = [1, t];
  if (l === 0) return 1;
  for (let k = 1; k < l; k++)
    [before, value] = [value, ((2 * k + d - 2) * t * value - k * before) / (k + d - 2)];
  return value;
}

/**
 * The slope of log |bias| against log h; its interval is what the errors of the biases can turn it by. There is none where
 * a bias is below its error.
 */
function weakOrderClaim(
  label: string,
  levels: readonly number[],
  biases: (steps: number) => readonly [number, number],
): WeakOrderClaim {
  const found = levels.map((steps) => {
    const [coarse, bias] = biases(steps);
    return { steps, bias, error: Math.abs(bias - coarse) };
  });
  const { slope: weight } = lineWeights(levels.map((steps) => -log(steps)));
  const known = found.every(({ bias, error }) => error < Math.abs(bias));
  const slope = found.reduce((s, { bias }, i) => s + weight[i] * log(Math.abs(bias)), 0);
  const turn = found.reduce(
    (s, { bias, error }, i) => s - Math.abs(weight[i]) * log1p(-error / Math.abs(bias)),
    0,
  );
  const fit = known ? { slope, interval: [slope - turn, slope + turn] as const } : null;
  return { ...slopeNear(label, fit, 1, 0.1), levels: found };
}
