import { drawAtoms } from "../models/heads/gaussian-heads.js";
import { gaussianAttention } from "../models/attention/gaussian-attention.js";
import { vmfMixture } from "../laws/vmf-mixture.js";
import { brownian } from "../noise/brownian.js";
import { stream } from "../noise/stream.js";
import { planHarmonics } from "../spectral/harmonics.js";
import type { TensorTransform } from "../spectral/tensor-transform.js";
import { studyAgreement, type AgreementResult } from "../studies/agreement.js";
import { studyStrong, type StrongResult } from "../studies/strong.js";
import type { CommonNoise, Model, Scheme } from "../types.js";
import { characteristics } from "../../solvers/characteristics.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { particles } from "../../solvers/particles.js";
import { reached } from "../../solvers/reached.js";
import { simulate } from "../../solvers/simulate.js";
import { planTransform } from "../spectral/plan-transform.js";
import { below, finishedFit, slopeNear, type Claim } from "../studies/claim.js";

/** Harmonic moments up to this degree are compared. No side is given areas: what is compared shares its increments. */
const DEGREES = 4;

type Dimension = 2 | 3;

/** Two bumps on S^{d-1}, and gaussian attention at effective inverse temperature one. */
export function twoBumps(dimension: Dimension, seed: string, atoms: number) {
  const law = vmfMixture(dimension, [
    { weight: 0.5, kappa: 2.5, mean: [0, 0, 1].slice(3 - dimension) },
    { weight: 0.5, kappa: 2.5, mean: dimension === 3 ? [0.8, 0.6, 0] : [0.8, 0.6] },
  ]);
  const sigma = 1 / Math.sqrt(dimension);
  const model = gaussianAttention({
    dimension,
    beta: 1,
    sigmaV: sigma,
    atoms: drawAtoms(seed, atoms, dimension, sigma),
  });
  const density = (x: Float64Array, offset: number): number => law.density?.(x, offset) ?? NaN;
  return { law, model, density };
}

export interface LimitOptions {
  readonly dimension?: Dimension;
  readonly lmax: number;
  readonly steps: number;
  readonly horizon: number;
  readonly substeps?: number;
  readonly seed?: string;
}

/**
 * Largest difference at the horizon of the harmonic moments l <= 4 between the density and its characteristics, both
 * moved by the frozen-field flow under one noise.
 */
export function densityAgainstCharacteristics({
  dimension = 3,
  lmax,
  steps,
  horizon,
  substeps = 1,
  seed = "agreement",
}: LimitOptions): number {
  const { model, density } = twoBumps(dimension, seed, 2);
  const transform = planTransform(dimension, lmax);
  const noise = brownian({ seed, path: 0, channels: model.channels, horizon, steps, area: null });
  const solved = fokkerPlanck({ model, transform, density, scheme: "flow", substeps });
  reached(simulate({ evolution: solved, noise, steps }));
  const want = momentsOfCharacteristics(model, logOdeWith({ substeps }), transform, density, noise, steps);
  return want.reduce((s, m, q) => Math.max(s, Math.abs(m - solved.coefficients[q])), 0);
}

function momentsOfCharacteristics(
  model: Model,
  scheme: Scheme,
  transform: TensorTransform,
  density: (x: Float64Array, offset: number) => number,
  noise: CommonNoise,
  steps: number,
): Float64Array {
  const harmonics = planHarmonics(model.dimension, DEGREES);
  const evolution = characteristics({ model, scheme, transform, density });
  reached(simulate({ evolution, noise, steps }));
  const out = new Float64Array(harmonics.size);
  harmonics.moments(evolution.law, out);
  return out;
}

export interface OrderOptions {
  readonly dimension: Dimension;
  readonly lmax: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly paths: number;
  readonly seed?: string;
}

/**
 * The density moved by the flow against characteristics moved by Milstein's scheme, at the same step: two schemes for
 * one equation, so their distance in the moments falls at order one in h.
 */
export function flowAgainstMilstein({
  dimension,
  lmax,
  horizon,
  levels,
  paths,
  seed = "two schemes",
}: OrderOptions): StrongResult {
  const { model, density } = twoBumps(dimension, seed, 1);
  const transform = planTransform(dimension, lmax);
  const finest = levels[levels.length - 1];
  return studyStrong({
    levels,
    paths,
    scheme: "density by the flow minus characteristics by Milstein",
    reference: { kind: "exact", solve: () => new Float64Array(planHarmonics(dimension, DEGREES).size) },
    solve(steps, path) {
      const noise = brownian({ seed, path, channels: model.channels, horizon, steps: finest, area: null });
      const solved = fokkerPlanck({ model, transform, density, scheme: "flow" });
      reached(simulate({ evolution: solved, noise, steps }));
      const other = momentsOfCharacteristics(model, milstein, transform, density, noise, steps);
      return other.map((m, q) => solved.coefficients[q] - m);
    },
  });
}

export interface RateOptions extends LimitOptions {
  readonly tokens: readonly number[];
  readonly repetitions: number;
  /** What the tokens see in place of the common noise: faults are injected here. */
  readonly fault?: (noise: CommonNoise, repetition: number) => CommonNoise;
}

/** Distance of n random tokens from the density in the moments l <= 4, under one noise: the rate in n. */
export function tokensAgainstDensity(options: RateOptions): AgreementResult {
  const { dimension = 3, lmax, steps, horizon, tokens, repetitions, seed = "tokens", fault } = options;
  const { model, density, law } = twoBumps(dimension, seed, 2);
  const noise = brownian({ seed, path: 0, channels: model.channels, horizon, steps, area: null });
  const solved = fokkerPlanck({
    model,
    transform: planTransform(dimension, lmax),
    density,
    scheme: "flow",
  });
  reached(simulate({ evolution: solved, noise, steps }));
  const harmonics = planHarmonics(dimension, DEGREES);
  const source = stream(seed, "initial");
  const got = new Float64Array(harmonics.size);
  const results = studyAgreement({
    observables: Array.from({ length: harmonics.size }, (_, q) => String(q)),
    levels: tokens,
    paths: repetitions,
    difference(n, repetition) {
      // A cloud of its own for every size, so that the levels are independent.
      const evolution = particles({
        model,
        scheme: milstein,
        initial: law.sample(n, source, repetition * 100003 + n),
      });
      reached(simulate({ evolution, noise: fault?.(noise, repetition) ?? noise, steps }));
      harmonics.moments(evolution.law, got);
      return got.map((m, q) => m - solved.coefficients[q]);
    },
  });
  return results[results.length - 1];
}

/** Density, characteristics and random tokens under one noise: the agreement that everything else stands on. */
export function* commonNoiseClaims(size: "quick" | "full"): Generator<Claim> {
  const full = size === "full";
  yield below(
    "density against characteristics, d = 3, lmax 15, 32 steps: moments to degree 4",
    densityAgainstCharacteristics({ lmax: 15, steps: 32, horizon: 0.25 }),
    1e-6,
  );
  const fine = full ? ({ dimension: 3, lmax: 31 } as const) : ({ dimension: 2, lmax: 31 } as const);
  yield below(
    `density against characteristics, d = ${fine.dimension}, lmax 31, 14 pseudo-time substeps: moments to degree 4`,
    densityAgainstCharacteristics({ ...fine, steps: 16, horizon: 0.125, substeps: 14 }),
    1e-9,
  );
  const order = flowAgainstMilstein({
    dimension: full ? 3 : 2,
    lmax: full ? 9 : 15,
    horizon: 0.25,
    levels: full ? [16, 32, 64, 128, 256] : [16, 32, 64, 128],
    paths: full ? 60 : 40,
  });
  yield slopeNear(`${order.scheme}: order in h`, finishedFit(order), 1, 0.15);
  const rate = tokensAgainstDensity({
    dimension: full ? 3 : 2,
    lmax: full ? 15 : 31,
    steps: full ? 16 : 8,
    horizon: full ? 0.25 : 0.125,
    tokens: full ? [64, 128, 256, 512, 1024, 2048] : [32, 64, 128, 256, 512],
    repetitions: full ? 40 : 100,
  });
  yield slopeNear("random tokens against the density: rate in n", finishedFit(rate), -0.5, 0.1);
}
