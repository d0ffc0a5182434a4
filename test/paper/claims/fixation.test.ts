import { describe, expect, it } from "vitest";
import { fixationClaims, settledShare, settleParticles } from "../../../src/paper/claims/fixation.js";
import { gaussianAttention } from "../../../src/models/attention/gaussian-attention.js";
import { defineModel } from "../../../src/models/define-model.js";
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

  it("says nothing of a path that stops, wherever it is then", () => {
    // Both tokens are pulled to a pole whose cap has no field: they are all but settled there.
    const model = defineModel({
      name: "capped",
      dimension: 2,
      drift: ([x], out) => (out[0] = x < 1 - 1e-9 ? 1 : NaN),
      noise: [(_x, out) => out.fill(0)],
    });
    const stops = expect.objectContaining({
      name: "Stopped",
      message: expect.stringMatching(/^model "capped": drift wrote NaN/) as string,
    }) as Error;
    expect(() => settledShare(settleParticles(model, 64, 2048, "capped"), 0.2, 3)).toThrow(stops);
  });
});
