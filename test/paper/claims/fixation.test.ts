import { describe, expect, it } from "vitest";
import { fixationClaims, settledShare, settleParticles } from "../../../src/paper/claims/fixation.js";
import { gaussianAttention } from "../../../src/models/attention/gaussian-attention.js";
import { randomQuadraticForm } from "../../../src/models/gallery/random-quadratic-form.js";

describe("where the overlap of two particles settles", () => {
  it("is the arcsine law for Gaussian heads on the circle, the quadratic form, and keys that are rotations", () => {
    const claims = [...fixationClaims("quick")];
    expect(claims).toHaveLength(16);
    expect(claims.filter(({ verdict }) => verdict === "fails")).toEqual([]);
  });

  it("is not the arcsine law for Gaussian heads in R^5, which always collapse", () => {
    const model = gaussianAttention({
      dimension: 5,
      beta: 0,
      sigmaV: 1 / Math.sqrt(5),
      atoms: [new Float64Array(25)],
    });
    const settle = settleParticles(model, 256, 2048, "collapse");
    expect(settledShare(settle, -0.6, 60)).toMatchObject({ share: 1 });
  });

  it("refuses paths that have not settled", () => {
    const settle = settleParticles(randomQuadraticForm(2), 0.1, 8, "short");
    expect(() => settledShare(settle, 0.2, 5)).toThrow("want it longer");
  });
});
