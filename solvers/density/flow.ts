import type { HarmonicTransform, Model } from "../../src/types.js";
import { densityState, type DensityStepper } from "./state.js";
import { frozenField } from "../schemes/frozen-field.js";
import { CLASSICAL } from "../../src/numerics/runge-kutta.js";
import { Stopped } from "../simulate.js";

/** RK4 is stable on the imaginary axis up to 2.83, where advection by F has |F| lmax: what a substep aims at, and its limit. */
const STABLE = 2.5;
const LIMIT = 2.8;

/** Rounding of the pseudo-time. */
const SLACK = 1e-9;

/** More pseudo-time substeps than this in one step mean that the step, not the substep, is at fault. */
const MOST_SUBSTEPS = 256;

/**
 * The transport form of the stochastic Fokker–Planck equation,
 *
 *     d rho = -div(rho ∘ dF) - div(rho (b - C/2)) dt (+ 1/2 kappa^2 Lap rho dt),
 *
 * one step as the flow of d_s rho = -div(rho (F[rho] + (b - C/2) h + sum_{j<k} L_jk [g_j, g_k])), s in [0,1],
 * increments frozen and the law moving: Milstein's scheme summed to all orders, since the expansion in explicit Taylor
 * form is unstable in L^2. Classical RK4 in s with at least `substeps` substeps, more where |F| lmax asks for it; a step
 * that would want too many throws `Stopped`. The heat part is exact, half before and half after (Strang). Mass is
 * conserved exactly: every divergence has no degree 0.
 */
export function densityFlow(
  model: Model,
  transform: HarmonicTransform,
  kappa: number,
  substeps: number,
): DensityStepper {
  const { dimension: d, count: n, size, degrees, lmax } = transform;
  const field = frozenField(model, n);
  const velocity = new Float64Array(n * d);
  const flux = new Float64Array(n * d);
  const slope = new Float64Array(size);
  const sum = new Float64Array(size);
  const stage = densityState(transform);
  let mostSubsteps = substeps;

  const heat = (coefficients: Float64Array, time: number): void => {
    if (kappa === 0) return;
    for (let q = 0; q < size; q++) {
      coefficients[q] *= Math.exp(-0.5 * kappa * kappa * degrees[q] * (degrees[q] + d - 2) * time);
    }
  };

  /** Largest rate of the flow at the highest degree, |velocity| sqrt(l (l + d - 2)). */
  const rate = (): number => {
    let fastest = 0;
    for (let o = 0; o < n * d; o += d) {
      let s = 0;
      for (let a = 0; a < d; a++) s += velocity[o + a] * velocity[o + a];
      fastest = Math.max(fastest, s);
    }
    return Math.sqrt(fastest * lmax * (lmax + d - 2));
  };

  /** How many equal substeps the rest of the step wants at this rate. */
  const wanted = (rest: number, fastest: number): number => {
    if (!Number.isFinite(fastest))
      throw new Stopped("the field is no longer finite: the step is too large for it");
    const count = Math.ceil(rest * Math.max(substeps, fastest / STABLE) - SLACK);
    if (!(count <= Math.max(substeps, MOST_SUBSTEPS))) {
      throw new Stopped(
        `the step is too large for degree ${lmax}: it would need ${count} pseudo-time substeps ` +
          `(at most ${MOST_SUBSTEPS}); take more time steps`,
      );
    }
    return Math.max(1, count);
  };

  return {
    name: "milstein",
    step({ coefficients }, interval) {
      field.start(interval, null);
      heat(coefficients, interval.dt / 2);
      let taken = 0;
      // The field moves with the law, so every substep asks anew, and is taken again when a later stage finds it too long.
      for (let rest = 1, share = 1; rest > SLACK;) {
        sum.fill(0);
        slope.fill(0);
        let ds = 0;
        let fastest = 0;
        for (const [c, weight] of CLASSICAL) {
          for (let q = 0; q < size; q++) stage.coefficients[q] = coefficients[q] - c * ds * slope[q];
          stage.refresh();
          field.velocity(stage.law, velocity);
          fastest = Math.max(fastest, rate());
          if (ds === 0) ds = rest / Math.max(share, wanted(rest, fastest));
          for (let i = 0; i < n; i++)
            for (let a = 0; a < d; a++) flux[i * d + a] = stage.values[i] * velocity[i * d + a];
          transform.divergence(flux, slope);
          for (let q = 0; q < size; q++) sum[q] += weight * slope[q];
        }
        if (fastest * ds > LIMIT) {
          share = wanted(rest, fastest * 1.1);
          continue;
        }
        share = 1;
        for (let q = 0; q < size; q++) coefficients[q] -= ds * sum[q];
        rest -= ds;
        taken++;
      }
      mostSubsteps = Math.max(mostSubsteps, taken);
      heat(coefficients, interval.dt / 2);
    },
    diagnostics: () => ({ substeps: mostSubsteps, ...field.diagnostics() }),
  };
}
