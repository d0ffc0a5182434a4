import { describe, expect, it } from "vitest";
import { criticalCouplingClaim, growthClaims, heatClaim } from "../../src/validation/density-growth.js";
import { criticalCoupling, growthRate } from "../../src/exact/critical-coupling.js";

describe("deterministic limits of the density", () => {
  it.each([
    [2, 63],
    [3, 15],
  ] as const)("heat alone, d = %i, lmax %i, decays by degree to 1e-12", (d, lmax) => {
    expect(heatClaim(d, lmax, 0.7, 0.01)).toMatchObject({ verdict: "holds" });
  });

  it.each([
    [2, 1.3, 1.7],
    [2, 6, 0.4],
    [3, 1.3, 2.9],
    [3, 6, 0.3],
  ] as const)(
    "noisy attention, d = %i, beta %f, K %f: every degree grows as the linear theory says",
    (d, beta, K) => {
      for (const claim of growthClaims(d, beta, K, 6)) expect(claim).toMatchObject({ verdict: "holds" });
    },
  );

  it.each([
    [2, 1],
    [3, 4],
  ] as const)("noisy attention, d = %i, beta %f: the critical coupling by bisection", (d, beta) => {
    expect(criticalCouplingClaim(d, beta)).toMatchObject({ verdict: "holds" });
  });

  it("the theory has the closed form in d = 3, I_{3/2}, and no growth of degree 1 at the critical coupling", () => {
    for (const beta of [0.01, 1, 10]) {
      const i32 = Math.sqrt(2 / (Math.PI * beta)) * (Math.cosh(beta) - Math.sinh(beta) / beta);
      const want = beta ** 1.5 / (2 ** 1.5 * (Math.sqrt(Math.PI) / 2) * i32);
      const K = criticalCoupling(3, beta);
      // cosh - sinh / beta cancels to beta^2 / 3
      expect(Math.abs(K / want - 1)).toBeLessThan(1e-15 * (10 + 10 / beta ** 2));
      expect(Math.abs(growthRate({ dimension: 3, beta, coupling: K }, 1))).toBeLessThan(1e-14);
    }
    expect(() => criticalCoupling(3, 0)).toThrow(/beta above zero/);
  });
});
