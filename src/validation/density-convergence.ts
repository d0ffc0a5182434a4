import { brownian } from "../noise/brownian.js";
import { planHarmonics } from "../spectral/harmonics.js";
import { fitLine, type Bounds } from "../studies/regression.js";
import type { InitialLaw } from "../laws/law.js";
import type { Model } from "../types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { UNGUARDED } from "../../solvers/density/guard.js";
import { reached } from "../../solvers/reached.js";
import { simulate } from "../../solvers/simulate.js";
import { log } from "../numerics/log.js";
import { square } from "../numerics/square.js";
import { planTransform } from "../spectral/plan-transform.js";
import { below, judge, type Claim } from "../studies/claim.js";

export interface DensityConvergence {
  /** On the circle or the sphere, not too concentrated a law: the last degree must resolve it to 1e-10. */
  readonly model: Model;
  readonly initial: InitialLaw;
  readonly horizon: number;
  readonly steps: number;
  /** Pseudo-time substeps of both flows: so many that RK4 leaves less than the bound. */
  readonly substeps: number;
  /** Rising. */
  readonly degrees: readonly number[];
  /** Degree of the grid that carries the characteristics. */
  readonly reference: number;
  /** What the error must come below at the last degree; 1e-10 unless given. */
  readonly bound?: number;
  /** Replaces the density solver: faults are injected here. */
  readonly solve?: (options: Parameters<typeof fokkerPlanck>[0]) => ReturnType<typeof fokkerPlanck>;
  readonly seed?: string;
}

export interface DensityConvergenceResult {
  readonly claims: readonly Claim[];
  /** One point per degree, for a figure: log error against lmax is a line. */
  readonly points: readonly { readonly lmax: number; readonly error: number }[];
}

/** Degrees above the last one whose coefficients are compared too: what truncation cuts off is an error. */
const BEYOND = 6;

/**
 * Spectral convergence: the density and its characteristics take the same few steps of the frozen-field flow under one
 * noise, and the L^2 norm of the difference of their coefficients is taken at the end, some degrees beyond the last lmax
 * (a density has none above its own). It must fall exponentially: log10 error is a line in lmax with a slope below zero.
 */
export function densityConvergence(options: DensityConvergence): DensityConvergenceResult {
  const { model, initial, horizon, steps, substeps, degrees, reference, bound = 1e-10 } = options;
  const { seed = "density convergence", solve = fokkerPlanck } = options;
  const d = model.dimension;
  const density = (x: Float64Array, offset: number): number => initial.density!(x, offset);
  const noise = brownian({
    seed,
    path: 0,
    channels: Math.max(1, model.channels),
    horizon,
    steps,
    area: null,
  });

  const exact = characteristics({
    model,
    scheme: logOdeWith({ substeps }),
    transform: planTransform(d, reference),
    density,
  });
  reached(simulate({ evolution: exact, noise, steps }));
  const harmonics = planHarmonics(d, Math.min(reference, degrees[degrees.length - 1] + BEYOND));
  const moments = new Float64Array(harmonics.size);
  harmonics.moments(exact.law, moments);

  const points = degrees.map((lmax) => {
    const evolution = solve({
      model,
      transform: planTransform(d, lmax),
      density,
      scheme: "flow",
      substeps,
      guard: UNGUARDED,
    });
    reached(simulate({ evolution, noise, steps }));
    const apart = moments.reduce((s, m, q) => s + square(m - (evolution.coefficients[q] ?? 0)), 0);
    return { lmax, error: Math.sqrt(apart) };
  });
  const last = points[points.length - 1].error;
  const { slope, interval } = fitLine(
    degrees,
    points.map(({ error }) => log(error) / Math.LN10),
  );
  const where = `density against characteristics, ${model.name}, d = ${d}`;
  const falling: Bounds = [-Infinity, -0.1];
  return {
    claims: [
      judge(`${where}: digits lost per degree in L^2`, slope, interval, falling),
      below(`${where}: error in L^2 at lmax ${degrees[degrees.length - 1]}`, last, bound),
    ],
    points,
  };
}
