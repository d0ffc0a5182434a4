import { criticalCoupling, growthRate } from "../exact/critical-coupling.js";
import { defineModel } from "../models/define-model.js";
import { noisyAttention } from "../models/attention/noisy-attention.js";
import { bisect } from "../numerics/bisect.js";
import { silent } from "../noise/silent.js";
import type { Model } from "../types.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { reached } from "../../solvers/reached.js";
import { simulate } from "../../solvers/simulate.js";
import { expm1 } from "../numerics/expm1.js";
import { log } from "../numerics/log.js";
import { planTransform } from "../spectral/plan-transform.js";
import { below, judge, type Claim } from "../studies/claim.js";

/** Size of the coefficients that disturb the uniform law. */
const SMALL = 1e-5;

/**
 * The rates log(c_q(T) / c_q(0)) / T of all coefficients about the uniform law. Two runs disturb it by opposite amounts,
 * and half their difference is taken, so that what is left of the nonlinear terms is SMALL^2.
 */
function measuredRates(
  model: Model,
  run: { readonly lmax: number; readonly horizon: number; readonly steps: number; readonly kappa: number },
): { transform: ReturnType<typeof planTransform>; rates: Float64Array } {
  const { lmax, horizon, steps, kappa } = run;
  const transform = planTransform(model.dimension, lmax);
  // All degrees are disturbed alike, so the tail of the spectrum says nothing here.
  const guard = { raise: Infinity, warn: Infinity };
  const [up, down] = [SMALL, -SMALL].map((size) => {
    const density = new Float64Array(transform.size).fill(size);
    density[0] = 1 / Math.sqrt(transform.weights.reduce((s, w) => s + w, 0));
    const evolution = fokkerPlanck({ model, transform, density, scheme: "flow", kappa, guard });
    reached(
      simulate({ evolution, noise: silent({ horizon, steps }), steps }),
      "growth about the uniform law",
    );
    return evolution.coefficients;
  });
  return { transform, rates: up.map((c, q) => log((c - down[q]) / (2 * SMALL)) / horizon) };
}

/** Heat: without drift degree l decays by e^{-kappa^2 l (l+d-2) t / 2}, whatever the step. */
export function heatClaim(dimension: 2 | 3, lmax: number, kappa = 0.7, horizon = 0.05): Claim {
  const still = defineModel({ name: "still", dimension, noise: [] });
  const { transform, rates } = measuredRates(still, { lmax, horizon, steps: 7, kappa });
  let worst = 0;
  for (let q = 1; q < transform.size; q++) {
    const l = transform.degrees[q];
    const want = 0.5 * kappa * kappa * l * (l + dimension - 2);
    worst = Math.max(worst, Math.abs(expm1((rates[q] + want) * horizon)));
  }
  return below(`heat, d = ${dimension}, lmax ${lmax}: relative error of the decay of a degree`, worst, 1e-12);
}

/** Noisy unnormalized attention: every degree grows about the uniform law as the linear theory says. */
export function growthClaims(dimension: 2 | 3, beta: number, coupling: number, lmax: number): Claim[] {
  const parameters = { dimension, beta, coupling };
  const { transform, rates } = measuredRates(noisyAttention(parameters), {
    lmax,
    horizon: 0.05,
    steps: 16,
    kappa: 1,
  });
  return Array.from({ length: lmax }, (_, k) => {
    const l = k + 1;
    const want = growthRate(parameters, l);
    let worst = 0;
    for (let q = 1; q < transform.size; q++) {
      if (transform.degrees[q] === l) worst = Math.max(worst, Math.abs(rates[q] / want - 1));
    }
    return below(
      `noisy attention, d = ${dimension}, beta ${beta}, K ${coupling}: relative error of the growth rate of degree ${l}`,
      worst,
      1e-6,
    );
  });
}

/** The coupling at which degree 1 neither grows nor decays, by bisection on runs of the solver, against theory. */
export function criticalCouplingClaim(dimension: 2 | 3, beta: number): Claim {
  const run = { lmax: 3, horizon: 0.25, steps: 16, kappa: 1 };
  const grows = (coupling: number): boolean =>
    measuredRates(noisyAttention({ dimension, beta, coupling }), run).rates[1] > 0;
  const want = criticalCoupling(dimension, beta);
  let [low, high] = [0, 1];
  while (!grows(high)) [low, high] = [high, 2 * high];
  [low, high] = bisect((coupling) => !grows(coupling), low, high, { until: (a, b) => b - a <= 1e-5 * b });
  return judge(
    `noisy attention, d = ${dimension}, beta ${beta}: critical coupling over its theory`,
    (low + high) / 2 / want,
    [low / want, high / want],
    [1 - 1e-4, 1 + 1e-4],
  );
}
