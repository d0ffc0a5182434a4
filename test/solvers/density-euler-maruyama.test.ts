import { describe, expect, it } from "vitest";
import { defineModel } from "../../src/models/define-model.js";
import type { PointwiseField } from "../../src/models/field-kinds.js";
import { sphericalBrownian } from "../../src/models/gallery/spherical-brownian.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { silent } from "../../src/noise/silent.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { retract } from "../../src/sphere/retract.js";
import type { Calculus, Measure, Model } from "../../src/types.js";
import { densityEulerMaruyama } from "../../solvers/density/euler-maruyama.js";
import { densityState } from "../../solvers/density/state.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { simulate } from "../../solvers/simulate.js";

/** A step this short shows the generator, up to l^4 dt of the implicit part. */
const DT = 1e-8;

/** Far from isotropic: one strong field that moves with the law, one weak one, and a drift. */
const anisotropic = (d: number, calculus: Calculus): Model => {
  const mean = (law: Measure, out: Float64Array): void => {
    out.fill(0);
    for (let i = 0; i < law.count; i++) {
      for (let a = 0; a < d; a++) out[a] += law.weights[i] * law.points[i * d + a];
    }
  };
  const noise: PointwiseField[] = [
    (x, out, m) => {
      for (let a = 0; a < d; a++) out[a] = m[a] + x[0] * (a === d - 1 ? 1 : 0);
    },
    (x, out) => {
      out[0] = 0.2 * x[1];
    },
  ];
  return defineModel({
    name: "anisotropic",
    dimension: d,
    calculus,
    statistic: { size: d, of: mean },
    drift: (x, out, m) => {
      out[1] = 0.3 * m[0] + 0.1 * x[0];
    },
    noise,
  });
};

/**
 * <mu, b.grad Y + 1/2 sum_k Hess Y[g_k, g_k] (+ 1/2 C.grad Y)> by second differences along geodesics, from the points alone.
 */
function generator(model: Model, law: Measure, lmax: number): Float64Array {
  const d = model.dimension as 2 | 3;
  const harmonics = planHarmonics(d, lmax);
  const field = model.plan(law.count);
  field.freeze(law);
  const v = new Float64Array(law.points.length);
  const moved = new Float64Array(law.points.length);
  const moments = (s: number): Float64Array => {
    retract("sphere", law.points, s, v, d, moved);
    const out = new Float64Array(harmonics.size);
    harmonics.moments({ ...law, points: moved }, out);
    return out;
  };
  const total = new Float64Array(harmonics.size);
  const still = moments(0);
  const unit = new Float64Array(model.channels);
  const e = 1e-3;
  for (let k = 0; k < model.channels; k++) {
    unit.fill(0);
    unit[k] = 1;
    field.increment(0, unit, v);
    const [up, down] = [moments(e), moments(-e)];
    for (let q = 0; q < total.length; q++) total[q] += (up[q] - 2 * still[q] + down[q]) / (2 * e * e);
  }
  const correction = new Float64Array(v.length);
  field.correction(correction);
  field.increment(1, new Float64Array(model.channels), v);
  if (model.calculus === "stratonovich") for (let i = 0; i < v.length; i++) v[i] += 0.5 * correction[i];
  const [up, down] = [moments(e), moments(-e)];
  for (let q = 0; q < total.length; q++) total[q] += (up[q] - down[q]) / (2 * e);
  return total;
}

describe.each([2, 3] as const)("the semi-implicit step in d = %i", (d) => {
  const transform = d === 2 ? planCircle({ lmax: 16 }) : planSphere({ lmax: 12 });
  const initial = vmfMixture(d, [{ weight: 1, kappa: 1.5, mean: d === 2 ? [0.6, 0.8] : [0.6, 0, 0.8] }]);
  const state = densityState(transform);
  const prepare = (): void => {
    const at = Float64Array.from({ length: transform.count }, (_, i) =>
      initial.density!(transform.nodes, i * d),
    );
    transform.analysis(at, state.coefficients);
    state.refresh();
  };

  it.each(["ito", "stratonovich"] as const)(
    "is consistent with the generator of an anisotropic model, %s",
    (calculus) => {
      const model = anisotropic(d, calculus);
      prepare();
      const want = generator(model, state.law, 5);
      const before = state.coefficients.slice();
      const kappa = 0.5;
      densityEulerMaruyama(model, transform, kappa).step(state, {
        path: 0,
        step: 0,
        time: 0,
        dt: DT,
        dW: new Float64Array(2),
        area: null,
      });
      let worst = 0;
      for (let q = 0; q < want.length; q++) {
        const l = transform.degrees[q];
        const rate =
          (state.coefficients[q] - before[q]) / DT + 0.5 * kappa ** 2 * l * (l + d - 2) * before[q];
        worst = Math.max(worst, Math.abs(rate - want[q]));
      }
      // Second differences leave e^2 l^4 / 12, the quotient rounding / DT.
      expect(worst).toBeLessThan(1e-4);
      // Half of any term, or the other calculus, is far more than that.
      const other = generator(anisotropic(d, calculus === "ito" ? "stratonovich" : "ito"), state.law, 5);
      expect(Math.max(...want.map((v, q) => Math.abs(v - other[q])))).toBeGreaterThan(1e-2);
    },
  );

  it("is implicit in the diffusion: heat at any step", () => {
    const still = defineModel({ name: "still", dimension: d, noise: [] });
    const evolution = fokkerPlanck({
      model: still,
      transform,
      density: (x, o) => initial.density!(x, o),
      scheme: "euler-maruyama",
      kappa: 3,
    });
    evolution.reset(0);
    const before = evolution.coefficients.slice();
    simulate({ evolution, noise: silent({ horizon: 1, steps: 1 }), steps: 1 });
    evolution.coefficients.forEach((c, q) => {
      const l = transform.degrees[q];
      expect(c).toBeCloseTo(before[q] / (1 + 4.5 * l * (l + d - 2)), 14);
    });
  });

  it("takes the implicit part from the mean eigenvalue of the noise: all of an isotropic one", () => {
    // Without increments only 1/2 Lap is left of spherical Brownian motion, where T = P and a_0 = tr T / (d - 1) = 1: then
    // nothing of it stays explicit. Any other a_0 leaves 1 + dt l (l+d-2) (a_0 - 1) / 2 above.
    prepare();
    const before = state.coefficients.slice();
    const dW = new Float64Array(d);
    const interval = { path: 0, step: 0, time: 0, dt: 0.1, dW, area: null };
    densityEulerMaruyama(sphericalBrownian(d), transform, 0).step(state, interval);
    state.coefficients.forEach((c, q) => {
      const l = transform.degrees[q];
      expect(Math.abs(c - before[q] / (1 + 0.05 * l * (l + d - 2)))).toBeLessThan(1e-13);
    });
  });
});
