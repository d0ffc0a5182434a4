import { project } from "../../sphere/project.js";
import type { Field } from "../../types.js";
import { withDifferences } from "../differences.js";
import { addCorrector, addNormalLoss, type LayerStep } from "./corrector.js";
import type { HeadFields } from "./head-fields.js";

export interface SecondOrder {
  readonly fields: HeadFields;
  readonly weights: Float64Array;
  /**
   * The heads are a fresh sample of their law: the corrector, bilinear in the mean field, then takes its two factors from
   * disjoint halves of the sample, so that it is right in the mean.
   */
  readonly sampled: boolean;
  readonly epsilon: number;
  /** The mean of the heads is zero. */
  readonly centred: boolean;
  /** eta of the corrector. */
  readonly corrector: number;
  readonly layerStep: LayerStep;
  readonly n: number;
  readonly d: number;
}

/**
 * The drift of second order, as a field without channels: the corrector, and what ambient layers lose to the
 * normalization, -epsilon^2 sum_m w_m <x,xi_m> P_x xi_m with xi_m = B_m - sum_j w_j B_j. Freezing it freezes the head
 * fields. Null when it vanishes.
 */
export function planSecondOrderDrift(options: SecondOrder): Field | null {
  const { fields, weights, sampled, epsilon, centred, corrector, layerStep, n, d } = options;
  const corrected = !centred && corrector > 0;
  const loses = layerStep === "ambient" && epsilon > 0;
  if (!corrected && !loses) return null;
  const M = weights.length;
  const size = n * d;
  const unit = new Float64Array(M);
  const mean = new Float64Array(size);
  const factors = sampled ? disjointHalves(weights) : [[weights, weights] as const];
  const U = new Float64Array(size);
  const b = new Float64Array(size);
  const moved = new Float64Array(size);
  const xi = new Float64Array(size);
  const drift = new Float64Array(size);
  let x: Float64Array;
  let known = false;

  const correct = (): void => {
    for (const [along, of] of factors) {
      fields.combine(along, b);
      project(x, b, d);
      fields.combine(of, U);
      fields.derivative(of, b, moved);
      addCorrector(layerStep, corrector / factors.length, x, U, b, moved, d, drift);
    }
  };

  const lose = (): void => {
    for (let m = 0; m < M; m++) {
      unit.fill(0);
      unit[m] = 1;
      fields.combine(unit, xi);
      for (let i = 0; i < size; i++) xi[i] -= mean[i];
      addNormalLoss(epsilon * epsilon * weights[m], x, xi, d, drift);
    }
  };

  const find = (): void => {
    drift.fill(0);
    if (centred) mean.fill(0);
    else fields.combine(weights, mean);
    if (corrected) correct();
    if (loses) lose();
  };

  // It has no simple derivative of its own; only schemes that differentiate the drift ask for it.
  return withDifferences(
    {
      freeze(law) {
        x = law.points;
        known = false;
        fields.freeze(law);
      },
      increment(dt, _dW, out) {
        if (!known) find();
        known = true;
        for (let i = 0; i < size; i++) out[i] = dt * drift[i];
      },
    },
    { manifold: "sphere", dimension: d, channels: 0, count: n },
  );
}

/** The two halves of a sample, each with weights that sum to one and zero on the other, in both orders. */
function disjointHalves(weights: Float64Array): readonly (readonly [Float64Array, Float64Array])[] {
  const middle = weights.length >> 1;
  const [first, second] = [weights.slice().fill(0, middle), weights.slice().fill(0, 0, middle)];
  for (const half of [first, second]) {
    const sum = half.reduce((s, w) => s + w, 0);
    half.forEach((w, m) => (half[m] = w / sum));
  }
  return [
    [first, second],
    [second, first],
  ];
}
