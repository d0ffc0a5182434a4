import { drawAtoms } from "../../models/head-law.js";
import { gaussianAttention } from "../../models/gaussian-attention.js";
import { vmfMixture } from "../../laws/vmf-mixture.js";
import { brownian } from "../../noise/brownian.js";
import { stream } from "../../noise/stream.js";
import { planHarmonics } from "../../spectral/harmonics.js";
import { planSphere } from "../../spectral/sphere-transform.js";
import { studyAgreement, type AgreementResult } from "../../studies/agreement.js";
import { studyStrong, type StrongResult } from "../../studies/strong.js";
import type { CommonNoise, Model, Scheme } from "../../types.js";
import { characteristics } from "../../../solvers/characteristics.js";
import { fokkerPlanck } from "../../../solvers/fokker-planck.js";
import { logOde } from "../../../solvers/log-ode.js";
import { milstein } from "../../../solvers/milstein.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";

/** Harmonic moments up to this degree are compared. */
const DEGREES = 4;

/** Two bumps on S^2, and gaussian attention with two atoms at effective inverse temperature one. */
export function twoBumps(
  seed: string,
  atoms = 2,
): {
  model: Model;
  density: (x: Float64Array, offset: number) => number;
  law: ReturnType<typeof vmfMixture>;
} {
  const law = vmfMixture(3, [
    { weight: 0.5, kappa: 2.5, mean: [0, 0, 1] },
    { weight: 0.5, kappa: 2.5, mean: [0.8, 0.6, 0] },
  ]);
  const sigma = 1 / Math.sqrt(3);
  const model = gaussianAttention({
    dimension: 3,
    beta: 1,
    sigmaV: sigma,
    atoms: drawAtoms(seed, atoms, 3, sigma),
  });
  return { law, model, density: (x, offset) => law.density!(x, offset) };
}

export interface LimitOptions {
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
  lmax,
  steps,
  horizon,
  substeps = 1,
  seed = "agreement",
}: LimitOptions): number {
  const { model, density } = twoBumps(seed);
  const transform = planSphere({ lmax });
  const noise = brownian({ seed, path: 0, channels: model.channels, horizon, steps });
  const solved = fokkerPlanck({ model, transform, density, scheme: "milstein", substeps });
  simulate({ evolution: solved, noise, steps });
  const want = momentsOfCharacteristics(model, logOde(substeps), lmax, density, noise, steps);
  return want.reduce((s, m, q) => Math.max(s, Math.abs(m - solved.coefficients[q])), 0);
}

function momentsOfCharacteristics(
  model: Model,
  scheme: Scheme,
  lmax: number,
  density: (x: Float64Array, offset: number) => number,
  noise: CommonNoise,
  steps: number,
): Float64Array {
  const harmonics = planHarmonics(3, DEGREES);
  const evolution = characteristics({ model, scheme, transform: planSphere({ lmax }), density });
  simulate({ evolution, noise, steps });
  const out = new Float64Array(harmonics.size);
  harmonics.moments(evolution.law, out);
  return out;
}

export interface OrderOptions {
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
  lmax,
  horizon,
  levels,
  paths,
  seed = "two schemes",
}: OrderOptions): StrongResult {
  const { model, density } = twoBumps(seed, 1);
  const transform = planSphere({ lmax });
  const finest = levels[levels.length - 1];
  return studyStrong({
    levels,
    paths,
    scheme: "density by the flow minus characteristics by Milstein",
    reference: { kind: "exact", solve: () => new Float64Array(planHarmonics(3, DEGREES).size) },
    solve(steps, path) {
      const noise = brownian({ seed, path, channels: model.channels, horizon, steps: finest });
      const solved = fokkerPlanck({ model, transform, density, scheme: "milstein" });
      simulate({ evolution: solved, noise, steps });
      const other = momentsOfCharacteristics(model, milstein, lmax, density, noise, steps);
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
  const { lmax, steps, horizon, tokens, repetitions, seed = "tokens", fault } = options;
  const { model, density, law } = twoBumps(seed);
  const noise = brownian({ seed, path: 0, channels: model.channels, horizon, steps });
  const solved = fokkerPlanck({ model, transform: planSphere({ lmax }), density, scheme: "milstein" });
  simulate({ evolution: solved, noise, steps });
  const harmonics = planHarmonics(3, DEGREES);
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
      simulate({ evolution, noise: fault?.(noise, repetition) ?? noise, steps });
      harmonics.moments(evolution.law, got);
      return got.map((m, q) => m - solved.coefficients[q]);
    },
  });
  return results[results.length - 1];
}
