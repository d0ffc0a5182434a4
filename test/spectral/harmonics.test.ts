import { describe, expect, it } from "vitest";
import { moments, planHarmonics } from "../../src/spectral/harmonics.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import { fixedNumbers, harmonicByAngles } from "./reference-transform.js";

/** Unit vectors, the poles and the x axis among them. */
function unitVectors(dimension: number, count: number): Float64Array {
  const points = fixedNumbers(dimension * count, 21);
  points.set(dimension === 3 ? [0, 0, 1, 0, 0, -1, 1, 0, 0] : [0, 1, 1, 0]);
  for (let i = 0; i < count; i++) {
    const row = points.subarray(dimension * i, dimension * i + dimension);
    const norm = Math.hypot(...row);
    row.forEach((v, a) => (row[a] = v / norm));
  }
  return points;
}

describe.each([2, 3] as const)("harmonics at points, d = %i", (d) => {
  const points = unitVectors(d, 20);

  it("agree with their definition by angles", () => {
    const lmax = 12;
    const plan = planHarmonics(d, lmax);
    const { degrees, orders } = d === 3 ? planSphere({ lmax }) : planCircle({ lmax });
    const out = new Float64Array(plan.size);
    for (let i = 0; i < 20; i++) {
      plan.values(points, d * i, out);
      const x = Array.from(points.slice(d * i, d * i + d));
      out.forEach((v, k) =>
        expect(Math.abs(v - harmonicByAngles(degrees[k], orders[k], x))).toBeLessThan(1e-13),
      );
    }
  });

  it("obey the addition theorem at high degree", () => {
    const plan = planHarmonics(d, 400);
    const out = new Float64Array(plan.size);
    const total = d === 3 ? (401 * 401) / (4 * Math.PI) : (2 * 400 + 1) / (2 * Math.PI);
    for (let i = 0; i < 20; i++) {
      plan.values(points, d * i, out);
      expect(Math.abs(out.reduce((s, v) => s + v * v, 0) / total - 1)).toBeLessThan(1e-12);
    }
  });

  it("moments of nodes with density weights are the density's coefficients", () => {
    const transform = d === 3 ? planSphere({ lmax: 7 }) : planCircle({ lmax: 7 });
    const coefficients = fixedNumbers(transform.size, 5);
    const rho = new Float64Array(transform.count);
    transform.synthesis(coefficients, rho);
    const out = new Float64Array(transform.size);
    const weights = rho.map((v, i) => v * transform.weights[i]);
    moments({ count: transform.count, dimension: d, points: transform.nodes, weights }, 7, out);
    out.forEach((v, k) => expect(Math.abs(v - coefficients[k])).toBeLessThan(1e-13));
  });
});

it("stays finite and right near the pole at the highest degree", () => {
  const plan = planHarmonics(3, 1400);
  const out = new Float64Array(plan.size);
  const total = (1401 * 1401) / (4 * Math.PI);
  for (const angle of [0, 1e-9, 1e-3, 0.05, 0.4636]) {
    plan.values(new Float64Array([Math.sin(angle) * 0.6, Math.sin(angle) * 0.8, Math.cos(angle)]), 0, out);
    // at the pole one rounding of z moves degree l by l^2 eps / 2
    const bound = 1400 * 1400 * Number.EPSILON;
    expect(Math.abs(out.reduce((s, v) => s + v * v, 0) / total - 1)).toBeLessThan(bound);
  }
});

it("refuses other dimensions and absurd degrees", () => {
  expect(() => planHarmonics(4, 3)).toThrow(/dimension must be 2 or 3/);
  expect(() => planHarmonics(3, 1401)).toThrow(/at most 1400/);
});
