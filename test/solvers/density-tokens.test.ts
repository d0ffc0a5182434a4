import { describe, expect, it } from "vitest";
import { densityOfTokens } from "../../src/laws/density-of-tokens.js";
import { harmonicLaw } from "../../src/laws/harmonic-density.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { noisyAttention } from "../../src/models/attention/noisy-attention.js";
import { silent } from "../../src/noise/silent.js";
import { stream } from "../../src/noise/stream.js";
import { densityDistance } from "../../src/observables/density-distance.js";
import { wasserstein } from "../../src/observables/wasserstein.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { densityState } from "../../solvers/density/state.js";
import { fokkerPlanck } from "../../solvers/density/fokker-planck.js";
import { simulate } from "../../solvers/simulate.js";

const bump = (d: 2 | 3) =>
  vmfMixture(d, [{ weight: 1, kappa: 2, mean: d === 2 ? [0.6, 0.8] : [0.6, 0, 0.8] }]);
const source = stream("tokens and densities", "initial");

describe.each([2, 3] as const)("tokens and densities, d = %i", (d) => {
  const tokens = bump(d).sample(50, source, 0);
  const transform = d === 2 ? planCircle({ lmax: 12 }) : planSphere({ lmax: 12 });

  it("the density of tokens has their moments, damped by the heat kernel", () => {
    const harmonics = planHarmonics(d, 12);
    const moments = new Float64Array(harmonics.size);
    harmonics.moments(tokens, moments);
    const [bare, smooth] = [0, 0.05].map((s) => densityOfTokens(tokens, 12, s));
    expect(bare).toEqual(moments);
    smooth.forEach((c, q) => {
      const l = transform.degrees[q];
      expect(c).toBeCloseTo(moments[q] * Math.exp(-0.05 * l * (l + d - 2)), 15);
    });

    // Smoothed enough, it is a density: mass one, nowhere negative, and the solver's own heat smooths it as much.
    const state = densityState(transform);
    state.coefficients.set(densityOfTokens(tokens, 12, 0.2));
    state.refresh();
    expect(Math.min(...state.values)).toBeGreaterThan(0);
    expect(state.law.weights.reduce((s, w) => s + w, 0)).toBeCloseTo(1, 13);
    const evolution = fokkerPlanck({
      model: noisyAttention({ dimension: d, beta: 1, coupling: 0 }),
      transform,
      density: smooth,
      scheme: "milstein",
      kappa: Math.SQRT2,
    });
    simulate({ evolution, noise: silent({ horizon: 0.15, steps: 3 }), steps: 3 });
    evolution.coefficients.forEach((c, q) => expect(c).toBeCloseTo(state.coefficients[q], 13));
  });

  it("tokens sampled from a density have its moments within five standard errors", () => {
    const density = densityOfTokens(tokens, 12, 0.2);
    const n = 4000;
    const drawn = harmonicLaw(d, 12, density).sample(n, source, 1);
    const harmonics = planHarmonics(d, 4);
    const moments = new Float64Array(harmonics.size);
    harmonics.moments(drawn, moments);
    const values = new Float64Array(harmonics.size);
    const squares = new Float64Array(harmonics.size);
    for (let i = 0; i < n; i++) {
      harmonics.values(drawn.points, i * d, values);
      for (let q = 0; q < values.length; q++) squares[q] += values[q] ** 2 / n;
    }
    for (let q = 1; q < values.length; q++) {
      const error = Math.sqrt((squares[q] - moments[q] ** 2) / n);
      expect(Math.abs(moments[q] - density[q])).toBeLessThan(5 * error);
    }
  });

  it("the distance of a density and a cloud falls with the tokens, and negative mass is told", () => {
    const coarse = d === 2 ? planCircle({ lmax: 12 }) : planSphere({ lmax: 5 });
    const state = densityState(coarse);
    const values = Float64Array.from({ length: coarse.count }, (_, i) =>
      bump(d).density!(coarse.nodes, i * d),
    );
    coarse.analysis(values, state.coefficients);
    state.refresh();
    const far = densityDistance(state.law, bump(d).sample(8, source, 2));
    const near = densityDistance(state.law, bump(d).quasi!(200));
    expect(near.distance).toBeLessThan(0.3 * far.distance);
    expect(near.removed).toBe(0);
    const sliced = densityDistance(state.law, bump(d).sample(8, source, 2), "sliced");
    expect(sliced.distance).toBeLessThan(far.distance);

    const spiky = densityState(coarse);
    spiky.coefficients.set(densityOfTokens(tokens, coarse.lmax));
    spiky.refresh();
    const { removed } = densityDistance(spiky.law, tokens, "sliced");
    expect(removed).toBeGreaterThan(0.01);
    expect(() => wasserstein(spiky.law, tokens)).toThrow(/positivePart/);
  });
});

it("smoothing must be a number from 0 up, dimensions 2 or 3", () => {
  const tokens = bump(3).sample(5, source, 0);
  expect(() => densityOfTokens(tokens, 4, -1)).toThrow(/from 0 up/);
  expect(() => densityOfTokens(tokens, 4, NaN)).toThrow(/from 0 up/);
  const high = vmfMixture(4, [{ weight: 1, kappa: 0, mean: [1, 0, 0, 0] }]).sample(5, source, 0);
  expect(() => densityOfTokens(high, 4)).toThrow(/dimension must be 2 or 3/);
});
