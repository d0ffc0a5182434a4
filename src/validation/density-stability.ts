import type { InitialLaw } from "../laws/law.js";
import { defineModel } from "../models/define-model.js";
import { brownian } from "../noise/brownian.js";
import type { Model } from "../types.js";
import { fokkerPlanck, type DensityEvolution } from "../../solvers/density/fokker-planck.js";
import { simulate } from "../../solvers/simulate.js";
import { hypot } from "../numerics/hypot.js";
import { square } from "../numerics/square.js";
import { planTransform } from "../spectral/plan-transform.js";
import { below, judge, type Claim } from "../studies/claim.js";

export interface DensityStability {
  readonly initial: InitialLaw;
  readonly lmax: number;
  readonly steps: number;
  readonly scheme: "flow" | "euler-maruyama";
}

/**
 * Random rotations, dX = sum_k (Omega_k X) ∘ dW^k over all planes: a Brownian motion on the rotation group, whose fields do
 * not commute (d = 3) and which never clusters, so that a long run says something of the solver and not of the equation.
 * The L^2 norm of the density is conserved exactly.
 */
export function randomRotations(dimension: 2 | 3): Model {
  const planes = dimension === 2 ? [[0, 1]] : [0, 1, 2].map((a) => [a, (a + 1) % 3]);
  return defineModel({
    name: "random-rotations",
    dimension,
    calculus: "stratonovich",
    noise: planes.map(([a, b]) => (x: Float64Array, out: Float64Array) => {
      out[a] = -x[b];
      out[b] = x[a];
    }),
  });
}

/**
 * Many steps of the size that the degree allows, (2.5 / lmax)^2 / 9: three standard deviations of |dW| just reach the
 * limit of RK4. Neither the norm nor the mass may move: the norm of the flow up to what RK4 damps at the highest degrees,
 * the mass to rounding.
 */
export function stabilityClaims({ initial, lmax, steps, scheme }: DensityStability): Claim[] {
  const d = initial.dimension as 2 | 3;
  const { evolution, stopped } = manySteps({ initial, lmax, steps, scheme }, 1);
  const { mass } = evolution.diagnostics() as { mass: number[] };
  // What a run that stopped left behind is no answer.
  const drift = stopped ? NaN : mass.reduce((s, m) => Math.max(s, Math.abs(m - mass[0])), 0);
  const where = `${steps} steps of ${scheme}, random rotations, d = ${d}, lmax ${lmax}`;
  const norm = stopped ? NaN : hypot(...evolution.coefficients);
  evolution.reset(0);
  const ratio = norm / hypot(...evolution.coefficients);
  return [
    judge(`${where}: steps taken`, stopped ? 0 : steps, [stopped ? 0 : steps, steps], [steps, steps]),
    judge(`${where}: norm over its first value`, ratio, [ratio, ratio], [0.2, 1.01]),
    below(`${where}: change of the mass`, drift, 1e-12),
  ];
}

/** The same with a step `factor` times as long: the flow substeps, or refuses with a sentence; it does not blow up. */
export function manySteps(
  { initial, lmax, steps, scheme }: DensityStability,
  factor: number,
): { evolution: DensityEvolution; stopped?: { readonly time: number; readonly cause: string } } {
  const d = initial.dimension as 2 | 3;
  const model = randomRotations(d);
  const horizon = (factor * steps * square(2.5 / lmax)) / 9;
  const noise = brownian({
    seed: "density stability",
    path: 0,
    channels: model.channels,
    horizon,
    steps,
    area: null,
  });
  const evolution = fokkerPlanck({
    model,
    transform: planTransform(d, lmax),
    density: (x, offset) => initial.density!(x, offset),
    scheme,
  });
  const { stopped } = simulate({ evolution, noise, steps, every: steps });
  return { evolution, ...(stopped && { stopped }) };
}
