import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/models/define-model.js";
import { rotation } from "../../src/models/gallery/rotation.js";
import { silent } from "../../src/noise/silent.js";
import { tableNoise } from "../../src/noise/table.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { circleIndex } from "../../src/spectral/kernels/harmonic-index.js";
import { rotateCoefficients } from "../../src/spectral/rotate-coefficients.js";
import type { TensorTransform } from "../../src/spectral/tensor-transform.js";
import { densityState } from "../../solvers/density/state.js";
import { densityFlow } from "../../solvers/density/flow.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { UNGUARDED } from "../../solvers/density/guard.js";
import { simulate } from "../../solvers/simulate.js";

const UNIFORM = 1 / Math.sqrt(2 * Math.PI);

describe("densityFlow", () => {
  it("analyses products of field and density without aliasing", () => {
    // cos(15 t) carried by a field sin(10 t): the flux has degrees 5 and 25, and 32 nodes take 25 for 7.
    const wavy = defineModel({
      name: "wavy",
      dimension: 2,
      calculus: "stratonovich",
      noise: [
        (x, out) => {
          const s = Math.sin(10 * Math.atan2(x[1], x[0]));
          out[0] = -s * x[1];
          out[1] = s * x[0];
        },
      ],
    });
    const after = (transform: TensorTransform, l: number): number => {
      const density = new Float64Array(transform.size);
      density[0] = UNIFORM;
      density[circleIndex(15, 15)] = 0.1;
      const evolution = fokkerPlanck({
        model: wavy,
        transform,
        density,
        scheme: "milstein",
        guard: UNGUARDED,
      });
      simulate({ evolution, noise: tableNoise([[1e-4]], 1), steps: 1 });
      return Math.hypot(...[-l, l].map((m) => evolution.coefficients[circleIndex(l, m)]));
    };
    const first = 0.5 * 1e-4 * 0.1;
    expect(after(planCircle({ lmax: 15 }), 5) / (5 * first)).toBeCloseTo(1, 2);
    expect(after(planCircle({ lmax: 15 }), 7) / (7 * first)).toBeLessThan(0.01);
    expect(after(planCircle({ lmax: 15, count: 32 }), 7) / (7 * first)).toBeGreaterThan(0.9);
  });

  it("turns a density in as many substeps as the degree asks for", () => {
    const transform = planCircle({ lmax: 20 });
    const state = densityState(transform);
    state.coefficients[0] = UNIFORM;
    state.coefficients[circleIndex(20, 20)] = 0.1;
    const stepper = densityFlow(rotation(2), transform, 0, 1);
    const dW = Float64Array.of(0.5);
    stepper.step(state, { path: 0, step: 0, time: 0, dt: 1, dW, area: null });
    // |F| lmax = 10, and RK4 takes 2.5 at a time.
    expect(stepper.diagnostics().substeps).toBe(4);
    const size = Math.hypot(...[-20, 20].map((m) => state.coefficients[circleIndex(20, m)]));
    // Within its stability limit RK4 damps: |R(2.5 i)| = |(1 - z^2/2 + z^4/24) + i (z - z^3/6)| at z = 2.5.
    const [z2, z4] = [2.5 ** 2, 2.5 ** 4];
    const R = Math.hypot(1 - z2 / 2 + z4 / 24, 2.5 * (1 - z2 / 6));
    const z = (0.5 / 4) * 20;
    expect(z).toBe(2.5);
    expect(size / 0.1 / R ** 4).toBeCloseTo(1, 12);
  });

  it("takes a substep again when the field grows within it", () => {
    // The speed follows the second moment, which the flow itself raises.
    const growing = defineModel({
      name: "growing",
      dimension: 2,
      statistic: {
        size: 1,
        of(law, out) {
          out[0] = 0;
          for (let i = 0; i < law.count; i++) out[0] += law.weights[i] * law.points[2 * i];
        },
      },
      drift: (x, out, [c]) => out.set([Math.exp(3 * c) * x[1] * x[1], -Math.exp(3 * c) * x[0] * x[1]]),
      noise: [],
    });
    const evolution = fokkerPlanck({
      model: growing,
      transform: planCircle({ lmax: 31 }),
      density: (x, o) => (1 + 0.2 * x[o]) / (2 * Math.PI),
      scheme: "milstein",
      guard: UNGUARDED,
    });
    const coarse = (): Float64Array => {
      const { stopped } = simulate({ evolution, noise: silent({ horizon: 0.6, steps: 2 }), steps: 2 });
      expect(stopped).toBeUndefined();
      return evolution.coefficients.slice();
    };
    const few = coarse();
    expect(evolution.diagnostics().substeps).toBeGreaterThan(4);
    const fine = fokkerPlanck({
      model: growing,
      transform: planCircle({ lmax: 31 }),
      density: (x, o) => (1 + 0.2 * x[o]) / (2 * Math.PI),
      scheme: "milstein",
      substeps: 200,
      guard: UNGUARDED,
    });
    simulate({ evolution: fine, noise: silent({ horizon: 0.6, steps: 2 }), steps: 2 });
    expect(Math.abs(few[2] - fine.coefficients[2])).toBeLessThan(1e-2);
  });

  it("carries common and idiosyncratic noise together: a turned and smoothed law", () => {
    const transform = planCircle({ lmax: 12 });
    /* I_0(sqrt 1.25) by its series; the exponential of <(1, 1/2), x> integrates to 2 pi times it. */
    const total = 2 * Math.PI * 1.3377785386178618;
    const evolution = fokkerPlanck({
      model: rotation(2),
      transform,
      density: (x, o) => Math.exp(x[o] + 0.5 * x[o + 1]) / total,
      scheme: "milstein",
      kappa: 0.8,
      substeps: 32,
      guard: UNGUARDED,
    });
    evolution.reset(0);
    const want = evolution.coefficients.slice();
    expect(want[0] / UNIFORM).toBeCloseTo(1, 13);
    rotateCoefficients(transform, want, 0.3 - 0.1 + 0.25, want);
    simulate({ evolution, noise: tableNoise([[0.3], [-0.1], [0.25]], 0.6), steps: 3 });
    evolution.coefficients.forEach((c, q) => {
      expect(c).toBeCloseTo(want[q] * Math.exp(-0.5 * 0.64 * transform.degrees[q] ** 2 * 0.6), 9);
    });
  });

  it("filters what it is asked to filter, by time and not by steps, and keeps the mass", () => {
    const still = defineModel({ name: "still", dimension: 2, noise: [] });
    const density = new Float64Array(41).fill(1e-3);
    density[0] = UNIFORM;
    const after = (steps: number): Float64Array => {
      const evolution = fokkerPlanck({
        model: still,
        transform: planCircle({ lmax: 20 }),
        density,
        scheme: "milstein",
        filter: { strength: 3, order: 4 },
        guard: UNGUARDED,
      });
      simulate({ evolution, noise: silent({ horizon: 0.5, steps }), steps });
      return evolution.coefficients;
    };
    for (const c of [after(1), after(64)]) {
      expect(c[0]).toBe(UNIFORM);
      for (const l of [1, 10, 20]) {
        expect(c[circleIndex(l, l)] / 1e-3 / Math.exp(-1.5 * (l / 20) ** 4)).toBeCloseTo(1, 12);
      }
    }
  });
});
