import { describe, expect, it } from "vitest";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planDirectTilted } from "../../src/spectral/direct-tilted.js";
import { planFieldInterpolation } from "../../src/spectral/interpolate-field.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import type { HarmonicTransform } from "../../src/types.js";
import { fixedNumbers } from "./reference-transform.js";

const MATRIX = [0.4, -0.9, 0.3, 0.8, 0.5, -0.2, 0.1, 0.6, -0.7];

/** Barycentres under tilts A x at a transform's nodes, the law a cloud of nine points. */
function barycentres(transform: HarmonicTransform): Float64Array {
  const { dimension: d, count, nodes } = transform;
  const points = fixedNumbers(9 * d, 1);
  for (let o = 0; o < 9 * d; o += d) {
    const norm = Math.hypot(...points.subarray(o, o + d));
    for (let a = 0; a < d; a++) points[o + a] /= norm;
  }
  const plan = planDirectTilted(d, 9);
  const positions = plan.functions(d);
  positions.values.set(points);
  plan.freeze({ count: 9, dimension: d, points, weights: new Float64Array(9).fill(1 / 9) }, 2);
  const tilts = new Float64Array(count * d);
  for (let i = 0; i < count; i++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) tilts[i * d + a] += MATRIX[3 * a + b] * nodes[i * d + b];
  const out = new Float64Array(count * d);
  positions.average(tilts, out);
  return out;
}

describe.each([
  ["sphere", (lmax: number): HarmonicTransform => planSphere({ lmax })],
  ["circle", (lmax: number): HarmonicTransform => planCircle({ lmax })],
])("on the %s", (_, plan) => {
  const fine = plan(40);

  it.each([12, 26])("carries an attention field as well as the tail it reports says, lmax %i", (lmax) => {
    const coarse = plan(lmax);
    const out = new Float64Array(fine.count * fine.dimension);
    const { tail, norm } = planFieldInterpolation(coarse, fine).apply(barycentres(coarse), out);
    const exact = barycentres(fine);
    const error = out.reduce((worst, v, i) => Math.max(worst, Math.abs(v - exact[i])), 0);
    expect(error).toBeLessThan((10 * tail) / norm + 1e-14);
    if (lmax === 26) expect(error).toBeLessThan(1e-9);
    else expect(error).toBeGreaterThan(1e-9);
  });

  it("refuses to go down", () => {
    expect(() => planFieldInterpolation(fine, plan(10))).toThrow(/no higher degree/);
  });
});
