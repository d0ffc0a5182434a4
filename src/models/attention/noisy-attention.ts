import { project } from "../../sphere/project.js";
import { checkOptions, maybe } from "../../numerics/options.js";
import type { Measure, Model } from "../../types.js";
import { withDifferences } from "../differences.js";
import { requireSphere } from "../require-sphere.js";
import { exponentialSums, type ExponentialMethod } from "./exponential-sums.js";

export interface NoisyAttention {
  /** d >= 2; tokens live on S^{d-1}. */
  readonly dimension: number;
  /** Inverse temperature in exp(beta <x, y>). */
  readonly beta: number;
  /** K: positive attracts. */
  readonly coupling: number;
  /** How the sums over the law are done; chosen by cost unless given. */
  readonly sums?: ExponentialMethod;
}

/**
 * Unnormalized attention without common noise, dX = K P_x ∫ e^{beta <x,y>} y mu(dy) dt. Zero channels: all randomness is
 * the solver's idiosyncratic noise kappa dB, and the law follows the deterministic Fokker–Planck equation
 *
 *     d_t rho = -div(rho b[rho]) + 1/2 kappa^2 Lap rho
 *
 * (the continuity equation for kappa = 0): a gradient flow, b = (K / beta) grad ∫ e^{beta <x,y>} mu(dy). With kappa = 1
 * the uniform law is linearly stable iff K < `criticalCoupling` (arXiv:2606.05140). A RangeError for |beta| > 700.
 */
export function noisyAttention(options: NoisyAttention): Model {
  checkOptions("noisyAttention", options, {
    dimension: "number",
    beta: "number",
    coupling: "number",
    sums: maybe(["auto", "direct", "harmonic"]),
  });
  const { dimension: d, beta, coupling: K, sums } = options;
  requireSphere(d);
  return {
    name: "noisy-attention",
    manifold: "sphere",
    dimension: d,
    channels: 0,
    calculus: "ito",
    analytic: true,
    plan(n) {
      const evaluate = exponentialSums({ dimension: d, count: n, beta, method: sums });
      let law: Measure;
      return withDifferences(
        {
          freeze(frozen) {
            law = frozen;
          },
          increment(dt, _dW, out) {
            if (dt === 0) {
              out.fill(0);
              return;
            }
            evaluate(law, out);
            for (let i = 0; i < n * d; i++) out[i] *= K * dt;
            project(law.points, out, d);
          },
        },
        { manifold: "sphere", dimension: d, channels: 0, count: n },
      );
    },
  };
}
