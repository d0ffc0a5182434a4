import { wrap } from "../../sphere/measure.js";
import type { Model, Scheme } from "../../types.js";
import { expm } from "../../numerics/expm.js";
import { identity, matrixProduct } from "../../numerics/matrix.js";
import { chebyshev, type Chebyshev } from "../../numerics/chebyshev.js";
import { normalQuadrature } from "../../numerics/gauss-hermite.js";
import { pairOverlap, placePair } from "./token-pair.js";
import { transitionMatrix } from "./transition-matrix.js";

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
  const nodes = chebyshev(degree);
  const { points, derivative: D } = nodes;
  const n = points.length;
  const D2 = new Float64Array(n * n);
  matrixProduct(D, D, n, D2);
  const TL = Float64Array.from(D, (v, e) => {
    const R = points[Math.floor(e / n)];
    return T * (drift(R) * v + 0.5 * variance(R) * D2[e]);
  });
  return evaluate(expm(TL, n), nodes, f, R0);
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
  const nodes = chebyshev(chain.degree);
  const n = nodes.points.length;
  let power = transition(chain, nodes);
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
  return evaluate(result, nodes, f, R0);
}

function transition(chain: OverlapChain, nodes: Chebyshev): Float64Array {
  const { model, scheme, dt, channels } = chain;
  const stepper = scheme.plan(model, 2);
  const cloud = wrap(new Float64Array(2 * model.dimension), model.dimension);
  const interval = { path: 0, step: 0, time: 0, dt, dW: new Float64Array(model.channels), area: null };
  const used = channels ?? Array.from(interval.dW, (_, k) => k);
  return transitionMatrix(nodes, (R, land) =>
    overIncrements(used, chain.nodes, dt, interval.dW, (weight) => {
      placePair(R, cloud);
      stepper.step(cloud, interval, null);
      land(weight, pairOverlap(cloud));
    }),
  );
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

/** (matrix f)(R0) */
function evaluate(
  matrix: Float64Array,
  { points, basis }: Chebyshev,
  f: (R: number) => number,
  R0: number,
): number {
  const n = points.length;
  const values = points.map(f);
  const row = new Float64Array(n);
  basis(R0, row);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += row[i] * matrix[i * n + j] * values[j];
  return sum;
}
