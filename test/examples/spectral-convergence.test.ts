import { describe, expect, it } from "vitest";
import { figure, spectralConvergence } from "../../examples/spectral-convergence.js";

describe("the example of spectral convergence", () => {
  it("falls by more than a hundred from degree 4 to 10, and draws it", () => {
    const { points } = spectralConvergence(2, [4, 7, 10], 8);
    expect(points[0].error / points[2].error).toBeGreaterThan(100);
    expect(figure([{ label: "circle", points }])).toMatch(
      /^<svg[\s\S]*highest degree lmax[\s\S]*<\/svg>\s*$/,
    );
  });
});
