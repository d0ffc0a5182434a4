import { describe, expect, it } from "vitest";
import { planAmbientGradient } from "../../src/spectral/ambient-gradient.js";
import { planCoordinateGradient } from "../../src/spectral/coordinate-gradient.js";
import { fixedNumbers } from "./reference-transform.js";

const count = (degree: number): number => (degree + 1) ** 2;
const worst = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

describe("the ambient components of a gradient", () => {
  const highest = 20;
  const ambient = planAmbientGradient(highest);
  const single = planCoordinateGradient(3, highest);

  it.each([0, 1, 2, 3, 7, 19, 20])("are those taken one by one, degree %i", (degree) => {
    const coefficients = fixedNumbers(count(degree), 1);
    const size = count(degree + 1);
    const all = fixedNumbers(3 * size, 2);
    ambient.gradient(degree, coefficients, all);
    for (let c = 0; c < 3; c++) {
      const one = new Float64Array(size);
      single.apply(c, degree, coefficients, one);
      // four products of numbers below 2 degree
      expect(worst(all.subarray(c * size, (c + 1) * size), one)).toBeLessThan(2e-15 * (degree + 1));
    }
  });

  it.each([0, 1, 2, 3, 7, 19, 20])("have minus the transpose as divergence, degree %i", (degree) => {
    const size = count(degree + 1);
    const components = fixedNumbers(3 * size, 3);
    const expected = new Float64Array(count(degree));
    for (let c = 0; c < 3; c++)
      single.addTranspose(c, degree, -1, components.slice(c * size, (c + 1) * size), expected);
    const out = fixedNumbers(count(degree), 4);
    ambient.divergence(degree, components, out);
    expect(worst(out, expected)).toBeLessThan(4e-15 * (degree + 1));
    expect(out[0] === 0).toBe(true);
  });

  it("leave a function's coefficients as they were", () => {
    const coefficients = fixedNumbers(count(5), 5);
    const before = coefficients.slice();
    ambient.gradient(5, coefficients, new Float64Array(3 * count(6)));
    expect(coefficients).toEqual(before);
  });
});
