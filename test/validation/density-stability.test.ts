import { describe, expect, it } from "vitest";
import { manySteps, stabilityClaims } from "../../src/validation/density-stability.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";

const circle = vmfMixture(2, [
  { weight: 0.6, kappa: 4, mean: [0, 1] },
  { weight: 0.4, kappa: 4, mean: [1, 0] },
]);
const sphere = vmfMixture(3, [
  { weight: 0.6, kappa: 4, mean: [0, 0, 1] },
  { weight: 0.4, kappa: 4, mean: [1, 0, 0] },
]);

describe.each(["flow", "euler-maruyama"] as const)("many steps of %s at lmax 63", (scheme) => {
  it("ten thousand on the circle, norm and mass kept", () => {
    for (const claim of stabilityClaims({ initial: circle, lmax: 63, steps: 10_000, scheme }))
      expect(claim).toMatchObject({ verdict: "holds" });
  });

  it("some on the sphere (ten thousand of them belong to the full validation)", () => {
    for (const claim of stabilityClaims({ initial: sphere, lmax: 63, steps: 8, scheme }))
      expect(claim).toMatchObject({ verdict: "holds" });
  });
});

describe("steps longer than the degree allows", () => {
  const options = { initial: circle, lmax: 63, steps: 500, scheme: "flow" } as const;

  it("are split in pseudo-time when ten times as long", () => {
    const { evolution, stopped } = manySteps(options, 10);
    expect(stopped).toBeUndefined();
    expect(evolution.diagnostics().substeps).toBeGreaterThan(1);
    const norm = Math.hypot(...evolution.coefficients);
    evolution.reset(0);
    expect(norm / Math.hypot(...evolution.coefficients)).toBeLessThan(1 + 1e-9);
  });

  it("are refused when a hundred million times as long, the state kept", () => {
    const { evolution, stopped } = manySteps({ ...options, steps: 1 }, 1e8);
    expect(stopped?.time).toBe(0);
    expect(stopped?.cause).toMatch(/^the step is too large for degree 63: .* take more time steps$/);
    const kept = evolution.coefficients.slice();
    evolution.reset(0);
    expect(kept).toEqual(evolution.coefficients);
  });

  it("are no evidence of anything when the run stops: every claim fails", () => {
    // The truncation takes it below zero after some time; norm and mass are still in order there.
    const initial = vmfMixture(2, [{ weight: 1, kappa: 5, mean: [0, 1] }]);
    const claims = stabilityClaims({ initial, lmax: 10, steps: 2000, scheme: "euler-maruyama" });
    expect(claims.map(({ verdict }) => verdict)).toEqual(["fails", "fails", "fails"]);
  });
});
