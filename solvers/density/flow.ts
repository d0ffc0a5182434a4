import { exp } from "../../src/numerics/exp.js";
import { Stopped } from "../../src/numerics/stopped.js";
import type { HarmonicTransform, Model } from "../../src/types.js";
import { densityState, type DensityStepper } from "./state.js";
import { planDensityField } from "./density-field.js";
import { CLASSICAL } from "../../src/numerics/runge-kutta.js";
import { planBudget, SLACK, STABILITY_LIMIT } from "./substeps.js";

/** The share of the field that may be missing where it is found on a coarser grid. */
const FIELD_TOLERANCE = 1e-12;

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
  fieldTolerance = FIELD_TOLERANCE,
): DensityStepper {
  const { dimension: d, count: n, size } = transform;
  const field = planDensityField(model, transform, fieldTolerance);
  const velocity = new Float64Array(n * d);
  const flux = new Float64Array(n * d);
  const slope = new Float64Array(size);
  const sum = new Float64Array(size);
  const stage = densityState(transform);
  // Of the latest path, like all that is said of a density's steps.
  let path: number | undefined;
  let mostSubsteps = substeps;

  const budget = planBudget(transform, substeps);
  const heat = planHeat(transform, kappa);

  return {
    name: "flow",
    needsArea: "unless-commuting",
    strongOrder: 1,
    strongOrderWithoutArea: 0.5,
    restart: () => field.restart(),
    step({ coefficients }, interval) {
      field.start(interval);
      heat(coefficients, interval.dt / 2);
      let taken = 0;
      // The field moves with the law, so every substep asks anew, and is taken again when a later stage finds it too long.
      for (let rest = 1, share = 1; rest > SLACK;) {
        if (interval.stopping?.()) throw new Stopped("interrupted", { interrupted: true });
        sum.fill(0);
        slope.fill(0);
        let ds = 0;
        let fastest = 0;
        for (const [c, weight] of CLASSICAL) {
          for (let q = 0; q < size; q++) stage.coefficients[q] = coefficients[q] - c * ds * slope[q];
          stage.refresh();
          field.velocity(stage, velocity);
          fastest = Math.max(fastest, budget.rate(velocity));
          if (ds === 0) ds = rest / Math.max(share, budget.wanted(rest, fastest));
          for (let i = 0; i < n; i++)
            for (let a = 0; a < d; a++) flux[i * d + a] = stage.values[i] * velocity[i * d + a];
          transform.divergence(flux, slope);
          for (let q = 0; q < size; q++) sum[q] += weight * slope[q];
        }
        if (fastest * ds > STABILITY_LIMIT) {
          share = budget.wanted(rest, fastest * 1.1);
          continue;
        }
        share = 1;
        for (let q = 0; q < size; q++) coefficients[q] -= ds * sum[q];
        rest -= ds;
        taken++;
      }
      mostSubsteps = Math.max(interval.path === path ? mostSubsteps : substeps, taken);
      path = interval.path;
      heat(coefficients, interval.dt / 2);
    },
    diagnostics: () => ({ substeps: mostSubsteps, ...field.diagnostics() }),
  };
}

/** coefficients <- those after `time` of the heat equation with kappa^2/2 Lap, exactly. */
function planHeat(
  { dimension: d, size, degrees }: HarmonicTransform,
  kappa: number,
): (coefficients: Float64Array, time: number) => void {
  return (coefficients, time) => {
    if (kappa === 0) return;
    for (let q = 0; q < size; q++) {
      coefficients[q] *= exp(-0.5 * kappa * kappa * degrees[q] * (degrees[q] + d - 2) * time);
    }
  };
}
