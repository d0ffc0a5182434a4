import type { LayerStep } from "../../models/attention/corrector.js";
import { homogenized, type Homogenized } from "../../models/attention/homogenized.js";
import { wrap } from "../../sphere/measure.js";
import type { Model } from "../../types.js";
import { overlap } from "../../observables/overlap.js";
import { noiseless } from "../../../solvers/noiseless.js";
import { driftFlow } from "../../../solvers/ode.js";
import { cos, sin } from "../../numerics/sine-cosine.js";
import { normalProduct } from "./normal-product.js";
import type { HeadNodes } from "./pair-chain.js";
import type { PairMeans } from "./twisted.js";

/**
 * Heads in the plane with a mean: V = pull I + turn J + sigma N, J the quarter turn, N Gaussian, A = I. The law is
 * invariant under rotations. H heads of deviation sigma_V are one head of deviation sigma = sigma_V / sqrt(H), exactly.
 */
export interface TurningHeads {
  readonly pull: number;
  readonly turn: number;
  /** Inverse temperature. */
  readonly beta: number;
}

const IDENTITY = Float64Array.of(1, 0, 0, 1);

const meanV = ({ pull, turn }: TurningHeads): Float64Array => Float64Array.of(pull, -turn, turn, pull);

/** V by Gauss–Hermite quadrature with `count` nodes an entry. alpha = eta sigma^2. */
export function turningNodes(law: TurningHeads, eta: number, alpha: number, count: number): HeadNodes {
  const sigma = Math.sqrt(alpha / eta);
  const entries = normalProduct(alpha > 0 ? count : 1, 4);
  const mean = meanV(law);
  return {
    weights: Float64Array.from({ length: entries.size }, (_, q) => entries.weight(q)),
    head(q, _delta, V, A) {
      for (let e = 0; e < 4; e++) V[e] = mean[e] + sigma * entries.node(q, e);
      A.set(IDENTITY);
    },
  };
}

/**
 * Another law with the same mean and covariance, far from Gaussian: V = pull I + turn J + sigma Q S Q^T, S a matrix of
 * independent signs, Q a rotation by a uniform angle. All signs, and `count` angles.
 */
export function turnedSigns(law: TurningHeads, eta: number, alpha: number, count: number): HeadNodes {
  const sigma = Math.sqrt(alpha / eta);
  const mean = meanV(law);
  return {
    weights: new Float64Array(16 * count).fill(1 / (16 * count)),
    head(q, _delta, V, A) {
      const angle = (Math.floor(q / 16) * 2 * Math.PI) / count;
      const [c, s] = [cos(angle), sin(angle)];
      const [s11, s12, s21, s22] = [q & 1, q & 2, q & 4, q & 8].map((bit) => (bit ? sigma : -sigma));
      // Q S Q^T, Q = [[c, -s], [s, c]]
      V[0] = mean[0] + c * c * s11 - c * s * (s12 + s21) + s * s * s22;
      V[1] = mean[1] + c * s * (s11 - s22) + c * c * s12 - s * s * s21;
      V[2] = mean[2] + c * s * (s11 - s22) - s * s * s12 + c * c * s21;
      V[3] = mean[3] + s * s * s11 + c * s * (s12 + s21) + c * c * s22;
      A.set(IDENTITY);
    },
  };
}

/** The homogenized limit; `alpha` = 0 leaves the drift alone, `corrector` is its eta. */
export function turningLimit(
  law: TurningHeads,
  eta: number,
  alpha: number,
  corrector: number,
  layerStep: LayerStep = "ambient",
): Model {
  const heads: Homogenized["heads"] =
    alpha > 0
      ? { atoms: [IDENTITY], sigmaV: Math.sqrt(alpha / eta), meanV: meanV(law) }
      : [{ V: meanV(law), A: IDENTITY }];
  return homogenized({
    dimension: 2,
    beta: law.beta,
    heads,
    clock: { eta, heads: alpha > 0 ? 1 : Infinity },
    ...(corrector > 0 && { corrector, layerStep }),
  });
}

const pairOverlap = overlap(0, 1);

/** Longest step of the flow's RK4. */
const FLOW_STEP = 0.02;

/** Overlap and position along X' = b (with the corrector of `corrector` > 0), after every eta of time. */
export function flowMeans(
  law: TurningHeads,
  delta: number,
  eta: number,
  corrector: number,
  steps: number,
): PairMeans {
  const flow = driftFlow({
    model: turningLimit(law, eta, 0, corrector),
    initial: wrap(Float64Array.of(1, 0, cos(delta), sin(delta)), 2),
  });
  const substeps = Math.ceil(eta / FLOW_STEP);
  const interval = noiseless(0, 0, eta / substeps);
  const means = {
    overlap: new Float64Array(steps + 1),
    position: { re: new Float64Array(steps + 1), im: new Float64Array(steps + 1) },
  };
  const x = flow.law.points;
  for (let l = 0; l <= steps; l++) {
    means.overlap[l] = pairOverlap(flow.law);
    means.position.re[l] = x[0];
    means.position.im[l] = x[1];
    if (l < steps) for (let s = 0; s < substeps; s++) flow.advance(interval);
  }
  return means;
}

/** Nothing moves. */
export function restMeans(delta: number, steps: number): PairMeans {
  return {
    overlap: new Float64Array(steps + 1).fill(cos(delta)),
    position: { re: new Float64Array(steps + 1).fill(1), im: new Float64Array(steps + 1) },
  };
}
