import { describe, expect, it } from "vitest";
import { densityConvergence } from "../../src/validation/density-convergence.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { defineModel } from "../../src/models/define-model.js";
import { gaussianAttention } from "../../src/models/attention/gaussian-attention.js";
import { drawAtoms } from "../../src/models/heads/gaussian-heads.js";
import type { Field, Measure, Model } from "../../src/types.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";

const circle = {
  model: gaussianAttention({
    dimension: 2,
    beta: 1,
    sigmaV: Math.SQRT1_2,
    atoms: drawAtoms("density convergence", 1, 2, 0.7),
  }),
  initial: vmfMixture(2, [
    { weight: 0.6, kappa: 2, mean: [0, 1] },
    { weight: 0.4, kappa: 2, mean: [1, 0] },
  ]),
  horizon: 1 / 16,
  steps: 4,
  substeps: 64,
  degrees: [4, 7, 10, 13, 16, 19, 22, 25, 28],
  reference: 85,
};

const mean = (law: Measure, out: Float64Array): void => {
  out.fill(0);
  for (let i = 0; i < law.count; i++) {
    for (let a = 0; a < 3; a++) out[a] += law.weights[i] * law.points[3 * i + a];
  }
};

/** Two fields, one of them moving with the law, in Itô's sense; corrections by differences. */
const meanDriven = defineModel({
  name: "mean-driven",
  dimension: 3,
  statistic: { size: 3, of: mean },
  noise: [
    (x, out, m) => out.set([m[0] + 0.5 * x[2], m[1], m[2] - 0.5 * x[0]]),
    (_, out) => out.set([0, 0.7, 0]),
  ],
});

const sphere = {
  model: meanDriven,
  initial: vmfMixture(3, [
    { weight: 0.6, kappa: 2, mean: [0, 0, 1] },
    { weight: 0.4, kappa: 2, mean: [1, 0, 0] },
  ]),
  horizon: 1 / 64,
  steps: 2,
  substeps: 8,
  degrees: [3, 5, 7, 9, 11, 14],
  reference: 26,
};

/** The model with some of its field replaced, and no promise that it is smooth: asked at every node, and there alone. */
const spoiled = (model: Model, change: (field: Field) => Partial<Field>): Model => ({
  ...model,
  analytic: false,
  plan: (n) => {
    const field = model.plan(n);
    return { ...field, ...change(field) };
  },
});

describe("spectral convergence to the characteristics", () => {
  it.each([
    ["attention on the circle", circle],
    ["a law-dependent model on the sphere", sphere],
  ])("%s: exponential, to 1e-10", (_, problem) => {
    const { claims, points } = densityConvergence(problem);
    for (const claim of claims) expect(claim).toMatchObject({ verdict: "holds" });
    expect(points[0].error).toBeGreaterThan(1e-4);
  });

  const last = { ...circle, degrees: [4, 7, 22], substeps: 8 };
  const worst = (change: (field: Field) => Partial<Field>): number =>
    densityConvergence({
      ...last,
      solve: (options) => fokkerPlanck({ ...options, model: spoiled(options.model, change) }),
    }).points[2].error;

  it("would show a correction of the wrong sign, twice as large, or none", () => {
    const scaled = (factor: number) =>
      worst((field) => ({
        correction(out) {
          field.correction(out);
          for (let i = 0; i < out.length; i++) out[i] *= factor;
        },
      }));
    // Eight substeps leave 64/8 to the fourth times what 64 do.
    expect(scaled(1)).toBeLessThan(1e-10 * 8 ** 4);
    for (const factor of [-1, 2, 0]) expect(scaled(factor)).toBeGreaterThan(1e-4);
  });

  it("would show a law frozen over the step", () => {
    let steps = 0;
    const frozen = worst((field) => ({
      // 8 substeps of 4 stages a step: the law is taken at the first only
      freeze(law) {
        if (steps++ % 32 === 0) field.freeze({ ...law, weights: law.weights.slice() });
      },
    }));
    expect(frozen).toBeGreaterThan(1e-5);
  });
});
