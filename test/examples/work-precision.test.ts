import { describe, expect, it } from "vitest";
import { figure, workPrecision } from "../../examples/work-precision.js";

describe("the example of work and precision", () => {
  const curves = workPrecision({
    finest: 64,
    referenceDegree: 7,
    degree: 6,
    steps: [1, 8],
    tokens: [64, 1024],
    repetitions: 8,
  });
  const errorsOf = (label: string): readonly number[] =>
    curves.find((curve) => curve.label.startsWith(label))!.error;

  it("has the density and its characteristics at the error of the step", () => {
    const [density, nodes] = [errorsOf("density"), errorsOf("characteristics")];
    // One step is off by about 1e-3, of which both agree to the spectral error of degree 6.
    for (const [coarse, fine] of [density, nodes]) {
      expect(coarse).toBeLessThan(3e-3);
      expect(coarse / fine).toBeGreaterThan(4);
    }
    density.forEach((error, i) => expect(Math.abs(error - nodes[i])).toBeLessThan(1e-4));
  });

  it("has random tokens at the error of the sample, sixteen times more at a quarter of it", () => {
    for (const label of ["tokens, log-ODE", "tokens, Milstein", "tokens, Euler", "transformer"]) {
      const [few, many] = errorsOf(label);
      // Root mean squares over 8 clouds of 24 moments scatter by some 15%.
      expect(few / many).toBeGreaterThan(2);
      expect(few / many).toBeLessThan(8);
    }
  });

  it("draws them", () => {
    const svg = figure(curves);
    expect(svg).toMatch(/^<svg[\s\S]*seconds on one core[\s\S]*<\/svg>\s*$/);
    for (const { label } of curves) expect(svg).toContain(label);
  });
});
