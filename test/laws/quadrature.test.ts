import { describe, expect, it } from "vitest";
import { harmonicLaw } from "../../src/laws/harmonic-density.js";
import { kernelLaw } from "../../src/laws/kernel.js";
import { uniformLaw } from "../../src/laws/uniform.js";
import { logPeakDensity, meanResultant, zonalMoments } from "../../src/laws/von-mises-fisher.js";
import { vmfMixture, type VmfComponent } from "../../src/laws/vmf-mixture.js";
import { stream } from "../../src/noise/stream.js";
import { planHarmonics } from "../../src/spectral/harmonics.js";
import { measure } from "../../src/sphere/measure.js";
import type { Measure } from "../../src/types.js";

const momentsOf = (law: Measure, lmax: number): Float64Array => {
  const harmonics = planHarmonics(law.dimension, lmax);
  const out = new Float64Array(harmonics.size);
  harmonics.moments(law, out);
  return out;
};
const apart = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, q) => Math.max(most, Math.abs(v - b[q])), 0);

const means = { 2: [0.6, -0.8], 3: [0.6, -0.64, 0.48] };
const others = { 2: [-1, 0], 3: [0, 0, 1] };
const KAPPAS = [0, 1e-3, 2, 19.9, 20.1, 2000, 1e6, 1e12, 1e17, 1e300];

describe.each([2, 3] as const)("quadrature of von Mises-Fisher laws, d = %i", (d) => {
  const mixture = (kappa: number): VmfComponent[] => [
    { weight: 0.7, kappa: 1.5, mean: means[d] },
    { weight: 0.3 - 1e-7, kappa, mean: others[d] },
    { weight: 1e-7, kappa: 1e8, mean: means[d].map((v) => -v) },
  ];

  it.each(KAPPAS)("has the moments of the Bessel functions at kappa %d, alone and in a mixture", (kappa) => {
    for (const law of [
      vmfMixture(d, [{ weight: 1, kappa, mean: means[d] }]),
      vmfMixture(d, mixture(kappa)),
    ]) {
      for (const n of [1, 300, 3000]) {
        const nodes = law.quadrature!(n);
        expect(apart(momentsOf(nodes, 6), law.moments!(6))).toBeLessThan(1e-12);
        expect(Math.abs(nodes.weights.reduce((s, w) => s + w, 0) - 1)).toBeLessThan(1e-13);
        expect(nodes.weights.every((w) => w >= 0)).toBe(true);
        if (n === 3000) expect(Math.abs(nodes.count / n - 1)).toBeLessThan(0.1);
      }
    }
  });

  it("has the moments of tokens drawn from it", () => {
    const law = vmfMixture(d, mixture(30));
    const n = 20_000;
    const tokens = law.sample(n, stream("quadrature", "tokens"), 0);
    // Every harmonic up to degree 2 is at most sqrt(5 / 4 pi); five standard errors.
    expect(apart(momentsOf(tokens, 2), law.moments!(2))).toBeLessThan((5 * 0.64) / Math.sqrt(n));
  });
});

describe("moments by formula", () => {
  it("are those of harmonic coefficients, and one number for the uniform law", () => {
    const rho = Float64Array.of(1 / Math.sqrt(2 * Math.PI), 0.1, -0.05, 0.02, 0.03);
    expect([...harmonicLaw(2, 2, rho).moments!(1)]).toEqual([...rho.subarray(0, 3)]);
    expect([...harmonicLaw(2, 2, rho).moments!(3)]).toEqual([...rho, 0, 0]);
    for (const d of [2, 3]) {
      const law = uniformLaw(d);
      expect(apart(law.moments!(4), momentsOf(law.quadrature!(100), 4))).toBeLessThan(1e-14);
    }
  });

  it("belong to a kernel estimate too, whose points without weight have no bump", () => {
    const cloud = measure(
      [
        [1, 0, 0],
        [0, 0.6, 0.8],
        [0, 1, 0],
      ],
      [0.25, 0.75, 0],
    );
    const law = kernelLaw(cloud, 40);
    expect(apart(law.moments!(4), momentsOf(law.quadrature!(1000), 4))).toBeLessThan(1e-12);
  });

  it("are absent where there are no harmonics", () => {
    const law = vmfMixture(4, [{ weight: 1, kappa: 3, mean: [1, 0, 0, 0] }]);
    expect(law.moments).toBeUndefined();
    expect(law.quadrature).toBeUndefined();
    expect(uniformLaw(5).quadrature).toBeUndefined();
  });
});

describe("von Mises-Fisher laws of huge concentration", () => {
  it("have the first terms of the asymptotic series, where the continued fraction would never end", () => {
    for (const d of [2, 3, 4, 5, 8]) {
      // A = 1 - (d-1)/(2 kappa) + (d-1)(d-3)/(8 kappa^2) + ... (Mardia, Jupp, section 9.3)
      for (const kappa of [1e6, 1e8, 1e10]) {
        const want = 1 - (d - 1) / (2 * kappa) + ((d - 1) * (d - 3)) / (8 * kappa * kappa);
        expect(Math.abs(meanResultant(d, kappa) - want)).toBeLessThan(4e-15);
      }
      for (const kappa of [1e17, 1e300]) {
        expect(Math.abs(meanResultant(d, kappa) - 1)).toBeLessThan(3e-16);
        // The peak of a Gaussian of variance 1 / kappa in d - 1 directions.
        expect(logPeakDensity(d, kappa) / (((d - 1) / 2) * Math.log(kappa / (2 * Math.PI)))).toBeCloseTo(
          1,
          13,
        );
      }
    }
  });

  it("join the continued fraction where the series takes over", () => {
    for (const d of [2, 3, 5]) {
      const at = (kappa: number) => zonalMoments(d, kappa, 4);
      for (const nu of [2, 3, 4, 5, 6, 7]) {
        const kappa = 1e6 * (d / 2 + nu) ** 2;
        at(kappa * (1 + 1e-9)).forEach((v, l) =>
          expect(Math.abs(v - at(kappa * (1 - 1e-9))[l])).toBeLessThan(1e-14),
        );
      }
    }
  });

  it.each([2, 3, 4, 5, 8])("place finite unit vectors at the mean, d = %i", (d) => {
    const mean = Array.from({ length: d }, (_, a) => (a === d - 1 ? -1 : 0));
    for (const kappa of [1e17, 1e100, 1e300]) {
      const law = vmfMixture(d, [{ weight: 1, kappa, mean }]);
      for (const { points } of [law.quasi!(8), law.sample(8, stream("huge", "kappa"), 0)]) {
        for (let o = 0; o < points.length; o += d) {
          const gap = Math.hypot(...mean.map((m, a) => points[o + a] - m));
          // Some standard deviations, or the rounding of a unit vector.
          expect(gap).toBeLessThan(Math.max(10 * Math.sqrt(d / kappa), 1e-15));
        }
      }
    }
  });

  it("keep the spread of tokens until it is rounding", () => {
    for (const d of [2, 4, 5]) {
      const kappa = 1e12;
      const { points, count } = vmfMixture(d, [
        { weight: 1, kappa, mean: Array.from({ length: d }, (_, a) => (a === 0 ? 1 : 0)) },
      ]).quasi!(4000);
      let square = 0;
      points.forEach((v, o) => (square += o % d === 0 ? 0 : v * v));
      expect(Math.abs((square * kappa) / count / (d - 1) - 1)).toBeLessThan(0.01);
    }
  });

  it("are refused past 1e300", () => {
    expect(() => vmfMixture(3, [{ weight: 1, kappa: 1e301, mean: [1, 0, 0] }])).toThrow(
      /kappa is 1e\+301, want a number from 0 to 1e\+300/,
    );
  });
});
