import type { InitialLaw } from "../laws/law.js";
import { rotation } from "../models/gallery/rotation.js";
import { planHarmonics } from "../spectral/harmonics.js";
import { rotateCoefficients } from "../spectral/rotate-coefficients.js";
import { studyStrong, type Solve, type StrongResult } from "../studies/strong.js";
import type { CommonNoise, Model } from "../types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { fokkerPlanck, type DensityEvolution } from "../../solvers/density/fokker-planck.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { pathNoise } from "../../solvers/pathwise.js";
import { UNGUARDED } from "../../solvers/density/guard.js";
import { reached } from "../../solvers/reached.js";
import { simulate } from "../../solvers/simulate.js";
import { planTransform } from "../spectral/plan-transform.js";
import { below, finishedFit, slopeNear, slopeWithin, type Claim } from "../studies/claim.js";

export interface DensityOrders {
  readonly initial: InitialLaw;
  readonly lmax: number;
  readonly horizon: number;
  /** Numbers of steps, rising by factors of two. */
  readonly levels: readonly number[];
  readonly paths: number;
}

export type DensityOrderClaim = Claim & { readonly study: StrongResult };

/** Moments up to this degree are compared. */
const COMPARED = 4;

const densityFunction = (initial: InitialLaw) => (x: Float64Array, offset: number) =>
  initial.density!(x, offset);

/** The coefficients after `steps` steps along a path, by one scheme of the density. */
function solver(
  evolution: DensityEvolution,
  noise: (path: number) => CommonNoise,
  area: boolean,
  compared: number,
): Solve {
  return (steps, path) => {
    reached(simulate({ evolution, noise: noise(path), steps, area }));
    return evolution.coefficients.slice(0, compared);
  };
}

const finish = (name: string, study: StrongResult, order: number): DensityOrderClaim => ({
  ...slopeNear(name, finishedFit(study), order, 0.1),
  study,
});

/**
 * Rotation by one Brownian motion, whose exact law is the turned one, rho_lm -> e^{-imW_t} rho_lm: semi-implicit
 * Euler–Maruyama has strong order 1/2. The flow has more than its order one here, because a single field commutes with
 * itself: what is left is RK4 in pseudo-time, O(dW^5) a step, order two and a half or so at the end; the claim is that
 * its interval lies above 1, and that with `substeps` it is exact path by path.
 */
export function rotationOrders(options: DensityOrders & { readonly substeps: number }): Claim[] {
  const { initial, lmax, horizon, levels, paths, substeps } = options;
  const d = initial.dimension;
  const model = rotation(d);
  const transform = planTransform(d, lmax);
  const finest = levels[levels.length - 1];
  const noise = pathNoise({ seed: "density orders", channels: 1, horizon, steps: finest, area: null });
  const given = { model, transform, density: densityFunction(initial), guard: UNGUARDED };
  const begin = fokkerPlanck({ ...given, scheme: "flow" });
  begin.reset(0);
  const start = begin.coefficients.slice();
  const W = new Float64Array(1);
  const turned = new Float64Array(transform.size);
  const exact = {
    kind: "exact" as const,
    solve: (path: number) => {
      noise(path).increment(1, 0, W);
      rotateCoefficients(transform, start, W[0], turned);
      return turned;
    },
  };
  const studyOf = (scheme: "euler-maruyama" | "flow", used = levels, count = paths, s = 1): StrongResult =>
    studyStrong({
      solve: solver(fokkerPlanck({ ...given, scheme, substeps: s }), noise, false, transform.size),
      levels: used,
      paths: count,
      reference: exact,
      scheme,
    });
  const where = `rotation of a density, d = ${d}, lmax ${lmax}`;
  const fine = studyOf("flow", levels.slice(-2), Math.min(paths, 32), substeps);
  return [
    finish(`${where}: strong order of Euler–Maruyama`, studyOf("euler-maruyama"), 0.5),
    slopeWithin(`${where}: strong order of the flow`, finishedFit(studyOf("flow")), [1, Infinity]),
    below(
      `${where}: root mean square over paths of the flow's error, ${substeps} substeps`,
      fine.stopped ? NaN : fine.levels[1].error,
      1e-10,
    ),
  ];
}

/**
 * Strong orders of the density's schemes for fields that do not commute and move with the law, in the moments l <= 4,
 * judged by another method for another object: characteristics moved by Milstein's scheme with the Lévy area, on finer
 * steps of the same path. The flow has order one with the area and one half without, Euler–Maruyama one half.
 */
export function densityOrders(
  options: DensityOrders & {
    readonly model: Model;
    /** Steps of the reference. */
    readonly reference: number;
    /** Faults are injected here. */
    readonly fault?: (model: Model) => Model;
    readonly runs?: readonly ("flow" | "flow without area" | "euler-maruyama")[];
  },
): DensityOrderClaim[] {
  const { model, initial, lmax, horizon, levels, paths, reference, fault = (m) => m } = options;
  const { runs = ["flow", "flow without area", "euler-maruyama"] } = options;
  const d = model.dimension;
  const transform = planTransform(d, lmax);
  const density = densityFunction(initial);
  const noise = pathNoise({ seed: "density orders", channels: model.channels, horizon, steps: reference });
  const harmonics = planHarmonics(d, COMPARED);
  const carried = characteristics({ model, scheme: milstein, transform, density });
  const known = new Map<number, Float64Array>();
  const truth: Solve = (steps, path) => {
    let moments = known.get(path);
    if (!moments) {
      reached(simulate({ evolution: carried, noise: noise(path), steps, area: true }));
      harmonics.moments(carried.law, (moments = new Float64Array(harmonics.size)));
      known.set(path, moments);
    }
    return moments;
  };
  return runs.map((run) => {
    const scheme = run === "euler-maruyama" ? "euler-maruyama" : "flow";
    const evolution = fokkerPlanck({ model: fault(model), transform, density, scheme, guard: UNGUARDED });
    const study = studyStrong({
      solve: solver(evolution, noise, run === "flow", harmonics.size),
      levels,
      paths,
      reference: { kind: "independent", name: "Milstein characteristics", steps: reference, solve: truth },
      scheme: run,
    });
    return finish(
      `density, ${model.name}, d = ${d}: strong order of ${run}`,
      study,
      run === "flow" ? 1 : 0.5,
    );
  });
}
