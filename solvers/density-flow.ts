import type { HarmonicTransform, Model } from "../src/types.js";
import { densityState, type DensityStepper } from "./density-state.js";
import { frozenField } from "./frozen-field.js";
import { CLASSICAL } from "./log-ode.js";
import { Stopped } from "./simulate.js";

/** RK4 is stable on the imaginary axis up to 2.83; advection by F at degree lmax has |F| lmax there. */
const STABLE = 2.5;

/** More pseudo-time substeps than this in one step mean that the step, not the substep, is at fault. */
const MOST_SUBSTEPS = 256;

/**
 * The transport form of the stochastic Fokker–Planck equation,
 *
 *     d rho = -div(rho ∘ dF) - div(rho (b - C/2)) dt (+ 1/2 kappa^2 Lap rho dt),
 *
 * one step as the flow of d_s rho = -div(rho (F[rho] + (b - C/2) h + sum_{j<k} L_jk [g_j, g_k])), s in [0,1],
 * increments frozen and the law moving: Milstein's scheme summed to all orders, since the expansion in explicit Taylor
 * form is unstable in L^2. Classical RK4 in s with at least `substeps` substeps, more where |F| lmax asks for it; the
 * heat part exactly, half before and half after (Strang). Mass is conserved exactly: every divergence has no degree 0.
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

  const needed = (): number => {
    let fastest = 0;
    for (let o = 0; o < n * d; o += d) {
      let s = 0;
      for (let a = 0; a < d; a++) s += velocity[o + a] * velocity[o + a];
      fastest = Math.max(fastest, s);
    }
    const count = Math.ceil((Math.sqrt(fastest) * lmax) / STABLE);
    if (!(count <= MOST_SUBSTEPS)) {
      throw new Stopped(
        `the step is too large for degree ${lmax}: the flow moves a point by ${Math.sqrt(fastest).toPrecision(3)} in one ` +
          `step and would need ${count} pseudo-time substeps (at most ${MOST_SUBSTEPS}); take more time steps`,
      );
    }
    return Math.max(substeps, count);
  };

  return {
    name: "milstein",
    step({ coefficients }, interval) {
      field.start(interval, null);
      heat(coefficients, interval.dt / 2);
      let count = 0;
      for (let s = 0; s === 0 || s < count; s++) {
        sum.fill(0);
        slope.fill(0);
        for (const [c, weight] of CLASSICAL) {
          for (let q = 0; q < size; q++)
            stage.coefficients[q] = coefficients[q] - (count ? c / count : 0) * slope[q];
          stage.refresh();
          field.velocity(stage.law, velocity);
          if (count === 0) mostSubsteps = Math.max(mostSubsteps, (count = needed()));
          for (let i = 0; i < n; i++)
            for (let a = 0; a < d; a++) flux[i * d + a] = stage.values[i] * velocity[i * d + a];
          transform.divergence(flux, slope);
          for (let q = 0; q < size; q++) sum[q] += weight * slope[q];
        }
        for (let q = 0; q < size; q++) coefficients[q] -= sum[q] / count;
      }
      heat(coefficients, interval.dt / 2);
    },
    diagnostics: () => ({ substeps: mostSubsteps }),
  };
}
