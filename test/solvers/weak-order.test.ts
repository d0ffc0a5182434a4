import { describe, expect, it } from "vitest";
import { chainMean, diffusionMean } from "../../src/exact/overlap/overlap-chain.js";
import { normalQuadrature } from "../../src/numerics/gauss-hermite.js";
import {
  harmonicWeakOrder,
  overlapWeakOrder,
  quadraticFormPair,
  twoTokens,
  type WeakOrderClaim,
} from "../../src/validation/weak-order.js";
import { pathNoise, pathwise } from "../../solvers/pathwise.js";
import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { meanAndError } from "../../src/studies/statistics.js";
import { measure } from "../../src/sphere/measure.js";
import { readAs, withoutCorrection } from "./faults.js";

const LEVELS = [32, 64, 128];
const COARSE = [
  { nodes: 5, degree: 18 },
  { nodes: 6, degree: 24 },
] as const;

/** Order one, every bias at least ten times the error it is known with. */
function expectToHold({ claim, verdict, value, levels }: WeakOrderClaim): void {
  expect(verdict, `${claim}: ${value}`).toBe("holds");
  for (const { bias, error } of levels) expect(error, claim).toBeLessThan(Math.abs(bias) / 10);
}

describe("the numbers that weak orders are judged by", () => {
  it("Gauss-Hermite quadrature has the moments of a normal variable", () => {
    const { nodes, weights } = normalQuadrature(8);
    const moment = (p: number): number => nodes.reduce((s, x, q) => s + weights[q] * x ** p, 0);
    [1, 0, 1, 0, 3, 0, 15, 0, 105].forEach((want, p) => expect(moment(p)).toBeCloseTo(want, 10));
    expect(moment(14)).toBeCloseTo(135135, 5);
  });

  it.each([
    [2, 0.2594437, 0.3480554],
    [3, 0.3085902, 0.2964129],
    [8, 0.5740515, 0.4299634],
  ])("two tokens have the mean and mean square of an independent program, d = %i", (d, mean, square) => {
    const { diffusion, R0, T } = twoTokens(d);
    expect(Math.abs(diffusionMean(diffusion, (R) => R, R0, T, 48) - mean)).toBeLessThan(1e-6);
    expect(Math.abs(diffusionMean(diffusion, (R) => R * R, R0, T, 48) - square)).toBeLessThan(1e-6);
  });

  it("arcsin R is a martingale of the random quadratic form", () => {
    const { diffusion, R0, T } = quadraticFormPair(2);
    // arcsin has a root at the ends, so polynomials resolve it slowly: the error falls like 1 / degree^2.
    const off = [16, 64].map((degree) =>
      Math.abs(diffusionMean(diffusion, Math.asin, R0, T, degree) - Math.asin(R0)),
    );
    expect(off[1]).toBeLessThan(off[0] / 10);
    expect(off[1]).toBeLessThan(2e-4);
  });
});

describe("weak order one, without statistical error", () => {
  it.each([
    [2, 1],
    [2, 2],
    [3, 1],
    [3, 2],
  ])("harmonics of spherical Brownian motion, d = %i, l = %i", (d, l) => {
    for (const scheme of [eulerMaruyama, milstein, logOde])
      expectToHold(harmonicWeakOrder(d, l, scheme, { levels: LEVELS }));
  });

  it.each([
    ["Euler-Maruyama", eulerMaruyama],
    ["Milstein without the area", milstein],
    ["the flow without the area", logOde],
  ])("overlap of two tokens, d = 2: %s", (_name, scheme) => {
    expectToHold(overlapWeakOrder(twoTokens(2), scheme, { levels: LEVELS, resolutions: COARSE }));
  });

  it("overlap of two tokens, d = 3, and under the random quadratic form: Euler-Maruyama", () => {
    expectToHold(overlapWeakOrder(twoTokens(3), eulerMaruyama, { levels: LEVELS }));
    expectToHold(overlapWeakOrder(quadraticFormPair(2), eulerMaruyama, { levels: LEVELS }));
  });

  it("shows a dropped correction and a calculus misread: the bias no longer falls", () => {
    const { model, ...rest } = twoTokens(2);
    for (const wrong of [withoutCorrection(model), readAs("stratonovich", model)]) {
      const { verdict, value } = overlapWeakOrder({ model: wrong, ...rest }, milstein, {
        levels: [32, 64],
        resolutions: COARSE,
      });
      expect(verdict).toBe("fails");
      expect(value).toBeLessThan(0.3);
    }
  });
});

describe("the chain integrated is the chain simulated", () => {
  it.each([
    ["Euler-Maruyama", eulerMaruyama],
    ["Heun", heun],
  ])(
    "%s, 8 coarse steps: paths have the mean of the transition matrix, not that of the equation",
    (_name, scheme) => {
      const { model, diffusion, R0, T } = quadraticFormPair(2);
      const steps = 8;
      const f = (R: number): number => R * R;
      const solve = pathwise({
        model,
        scheme,
        area: false,
        initial: measure([
          [1, 0],
          [R0, Math.sqrt(1 - R0 * R0)],
        ]),
        noise: pathNoise({ seed: "chain", channels: 4, horizon: 4 * T, steps, area: null }),
      });
      const { mean, standardError } = meanAndError(
        Float64Array.from({ length: 4000 }, (_, path) => {
          const [a, b, c, e] = solve(steps, path);
          return f(a * c + b * e);
        }),
      );
      const chain = chainMean({ model, scheme, dt: (4 * T) / steps, nodes: 10, degree: 28 }, f, R0, steps);
      expect(Math.abs(mean - chain)).toBeLessThan(5 * standardError);
      expect(Math.abs(mean - diffusionMean(diffusion, f, R0, 4 * T))).toBeGreaterThan(5 * standardError);
    },
  );
});
