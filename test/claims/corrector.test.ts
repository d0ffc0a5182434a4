import { describe, expect, it } from "vitest";
import { correctorClaims } from "../../src/experiments/claims/corrector.js";

describe("the corrector", () => {
  it("raises the order for the layer it belongs to, and only for that", () => {
    const claims = correctorClaims();
    expect(claims.map(({ verdict }) => verdict)).toEqual(["holds", "holds", "holds"]);
    // Held against order two, the corrector of tangent layers fails.
    expect(claims[1].interval[1]).toBeLessThan(1.85);
  });
});
