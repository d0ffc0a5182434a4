import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { tableNoise } from "../../src/noise/table.js";
import { index } from "../../src/spectral/kernels/harmonic-index.js";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { characteristics } from "../../solvers/characteristics.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { logOdeWith } from "../../solvers/schemes/log-ode.js";
import { simulate } from "../../solvers/simulate.js";

interface Reference {
  beta: number;
  sigmaV: number;
  atoms: number[][][];
  components: { weight: number; kappa: number; mean: number[] }[];
  horizon: number;
  steps: number;
  increments: number[][];
  moments: Record<string, number>;
  moments_one_substep: Record<string, number>;
}

const reference = JSON.parse(
  readFileSync(new URL("../reference/density.json", import.meta.url), "utf8"),
) as Reference;

/** Two-bump law of the reference, written out: kappa / (4 pi sinh kappa) exp(kappa <mean, x>). */
const density = (x: Float64Array, o: number): number =>
  reference.components.reduce((sum, { weight, kappa, mean }) => {
    const norm = Math.hypot(...mean);
    const dot = (x[o] * mean[0] + x[o + 1] * mean[1] + x[o + 2] * mean[2]) / norm;
    return sum + (weight * kappa * Math.exp(kappa * dot)) / (4 * Math.PI * Math.sinh(kappa));
  }, 0);

const model = gaussianAttention({
  dimension: 3,
  beta: reference.beta,
  sigmaV: reference.sigmaV,
  atoms: reference.atoms.map((A) => Float64Array.from(A.flat())),
});
const noise = tableNoise(reference.increments, reference.horizon);

/** Largest difference of the moments up to degree 4. */
function worst(coefficients: Float64Array, want: Record<string, number>): number {
  return Object.entries(want).reduce((s, [key, value]) => {
    const [l, m] = key.split(",").map(Number);
    return Math.max(s, Math.abs(coefficients[index(l, m)] - value));
  }, 0);
}

describe("a two-bump law pushed forward, against an independent program", () => {
  const transform = planSphere({ lmax: 15 });
  const harmonics = planHarmonics(3, 4);

  it("characteristics under the flow, to rounding", () => {
    const evolution = characteristics({ model, scheme: logOdeWith({ substeps: 1 }), transform, density });
    simulate({ evolution, noise, steps: reference.steps });
    const got = new Float64Array(harmonics.size);
    harmonics.moments(evolution.law, got);
    expect(worst(got, reference.moments_one_substep)).toBeLessThan(1e-13);
    expect(worst(got, reference.moments)).toBeGreaterThan(1e-8);
  });

  it("the density, at order four in pseudo-time", () => {
    const [one, two] = [1, 2].map((substeps) => {
      const evolution = fokkerPlanck({ model, scheme: "milstein", transform, density, substeps });
      simulate({ evolution, noise, steps: reference.steps });
      return worst(evolution.coefficients, reference.moments);
    });
    expect(one).toBeLessThan(5e-6);
    expect(one / two).toBeGreaterThan(12);
  });
});
