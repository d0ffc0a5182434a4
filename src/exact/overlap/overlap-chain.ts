import { wrap } from "../../sphere/measure.js";
import type { Measure, Model, Scheme } from "../../types.js";
import { expm } from "../../numerics/expm.js";
import { identity, matrixProduct } from "../../numerics/matrix.js";
import { chebyshev } from "../../numerics/chebyshev.js";
import { normalQuadrature } from "../../numerics/gauss-hermite.js";

/** dR = drift(R) dt + sqrt(variance(R)) dB on [-1, 1]. */
export interface OverlapDiffusion {
  readonly drift: (R: number) => number;
  readonly variance: (R: number) => number;
}

/** E f(R_T) of an overlap diffusion: the backward equation by Chebyshev collocation of `degree`, exp(TL) by squaring. */
export function diffusionMean(
  { drift, variance }: OverlapDiffusion,
  f: (R: number) => number,
  R0: number,
  T: number,
  degree = 32,
): number {
  const { points, derivative: D, basis } = chebyshev(degree);
  const n = points.length;
  const D2 = new Float64Array(n * n);
  matrixProduct(D, D, n, D2);
  const TL = Float64Array.from(D, (v, e) => {
    const R = points[Math.floor(e / n)];
    return T * (drift(R) * v + 0.5 * variance(R) * D2[e]);
  });
  return evaluate(expm(TL, n), points.map(f), basis, R0);
}

export interface OverlapChain {
  /** Invariant under rotations, so that the overlap of two tokens is a Markov chain under any scheme. */
  readonly model: Model;
  readonly scheme: Scheme;
  readonly dt: number;
  /** Channels on which one step depends, the tokens at (c, s, 0, …) and (c, -s, 0, …); all unless given. */
  readonly channels?: readonly number[];
  /** Quadrature nodes a channel, and degree in R. */
  readonly nodes: number;
  readonly degree: number;
}

/**
 * E f(R_N) after N steps of a scheme without area, with no statistical error: one step is integrated over its
 * increments by Gauss–Hermite quadrature from every Chebyshev point in R, which gives the chain's transition matrix.
 */
export function chainMean(chain: OverlapChain, f: (R: number) => number, R0: number, steps: number): number {
  const { points, basis } = chebyshev(chain.degree);
  const n = points.length;
  let power = transition(chain, points, basis);
  let result = identity(n);
  const product = (A: Float64Array, B: Float64Array): Float64Array => {
    const out = new Float64Array(n * n);
    matrixProduct(A, B, n, out);
    return out;
  };
  for (let left = steps; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = product(power, result);
    power = product(power, power);
  }
  return evaluate(result, points.map(f), basis, R0);
}

function transition(
  { model, scheme, dt, nodes, channels }: OverlapChain,
  points: Float64Array,
  basis: (x: number, out: Float64Array) => void,
): Float64Array {
  const n = points.length;
  const matrix = new Float64Array(n * n);
  const row = new Float64Array(n);
  const stepper = scheme.plan(model, 2);
  const cloud = wrap(new Float64Array(2 * model.dimension), model.dimension);
  const interval = { path: 0, step: 0, time: 0, dt, dW: new Float64Array(model.channels), area: null };
  const used = channels ?? Array.from(interval.dW, (_, k) => k);
  points.forEach((R, i) => {
    overIncrements(used, nodes, dt, interval.dW, (weight) => {
      placePair(R, cloud);
      stepper.step(cloud, interval, null);
      basis(overlapOf(cloud), row);
      for (let j = 0; j < n; j++) matrix[i * n + j] += weight * row[j];
    });
  });
  return matrix;
}

/** Visits every node of the product rule over the used channels, their increments written into dW. */
export function overIncrements(
  channels: readonly number[],
  nodes: number,
  dt: number,
  dW: Float64Array,
  visit: (weight: number) => void,
): void {
  const rule = normalQuadrature(nodes);
  const root = Math.sqrt(dt);
  const go = (at: number, weight: number): void => {
    if (at === channels.length) return visit(weight);
    for (let q = 0; q < nodes; q++) {
      dW[channels[at]] = root * rule.nodes[q];
      go(at + 1, weight * rule.weights[q]);
    }
  };
  go(0, 1);
}

/** Two tokens with overlap R, symmetric about the first axis. */
export function placePair(R: number, { points, dimension: d }: Measure): void {
  points.fill(0);
  points[0] = points[d] = Math.sqrt((1 + R) / 2);
  points[1] = Math.sqrt((1 - R) / 2);
  points[d + 1] = -points[1];
}

function overlapOf({ points, dimension: d }: Measure): number {
  let R = 0;
  for (let a = 0; a < d; a++) R += points[a] * points[d + a];
  return R;
}

/** (matrix f)(R0) */
function evaluate(
  matrix: Float64Array,
  f: Float64Array,
  basis: (x: number, out: Float64Array) => void,
  R0: number,
): number {
  const n = f.length;
  const row = new Float64Array(n);
  basis(R0, row);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += row[i] * matrix[i * n + j] * f[j];
  return sum;
}
