import { describe, expect, it } from "vitest";
import {
  odeClaims,
  regimeClaims,
  trajectoryClaims,
  trajectoryGap,
} from "../../../src/paper/claims/regimes.js";

const failing = (claims: readonly { readonly verdict: string }[]) =>
  claims.filter(({ verdict }) => verdict !== "holds");

describe("deterministic limits", () => {
  it("lie within order one (ODE I) and two (ODE II) of the chain's means", () => {
    const claims = odeClaims("quick");
    expect(failing(claims)).toEqual([]);
    expect(claims.length).toBe(12);
  });

  it("are followed by eight tokens on the sphere, the corrected flow one order closer", () => {
    expect(failing(trajectoryClaims("quick"))).toEqual([]);
  });

  it("would be one order farther with the corrector of tangent layers", () => {
    const ratio = trajectoryGap(64, "tangent").gap / trajectoryGap(128, "tangent").gap;
    expect(ratio).toBeGreaterThan(1.9);
    expect(ratio).toBeLessThan(2.1);
  });
});

describe("regimes", () => {
  it("name the limit that is close, where the weaker one is not", () => {
    const claims = regimeClaims();
    expect(failing(claims)).toEqual([]);
    expect(claims.length).toBe(7);
  });
});
