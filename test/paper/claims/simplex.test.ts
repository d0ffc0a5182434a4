import { describe, expect, it } from "vitest";
import { compareSimplexDrift, simplexClaims } from "../../../src/paper/claims/simplex.js";
import { measureOverlaps } from "../../../src/paper/claims/simplex-transformer.js";

describe("the simplex curve and the transformer", () => {
  it("agree at finite d, and approach the printed limit", () => {
    expect([...simplexClaims("quick")].filter(({ verdict }) => verdict === "fails")).toEqual([]);
  });

  it("disagree when the keys of the formula are hotter", () => {
    const at = (beta: number) =>
      compareSimplexDrift(
        { tokens: 4, dimension: 8, gamma: 0.2, beta },
        { pairs: 4000, samples: 2000, seed: "hot" },
      );
    const [warm, hot] = [at(0), at(6)];
    const apart = Math.abs(warm.measured - hot.finite) / Math.hypot(warm.error, hot.finiteError);
    expect(apart).toBeGreaterThan(5);
    expect(Math.abs(warm.measured - warm.finite)).toBeLessThan(5 * warm.error);
  });

  it("start from orthogonal tokens, which layers bring together", () => {
    const [run] = measureOverlaps({
      tokens: 4,
      dimension: 8,
      beta: 0,
      headsPerLayer: 1,
      eta: 0.5,
      layers: 200,
      paths: 1,
      every: 100,
      seed: "together",
    });
    expect(run).toHaveLength(3);
    expect(Math.abs(run[0])).toBeLessThan(1e-12);
    expect(run[2]).toBeGreaterThan(0.99);
  });
});
