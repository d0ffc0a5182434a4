import { describe, expect, it } from "vitest";
import { arcsineLaw } from "../../../src/exact/overlap/arcsine-law.js";
import { aloneScore, driftCurvature } from "../../../src/exact/overlap/low-temperature-rates.js";
import { tiltedMean } from "../../../src/exact/overlap/tilted-mean.js";
import { pairAt, pairOverlap, placePair } from "../../../src/exact/overlap/token-pair.js";
import { transitionMatrix } from "../../../src/exact/overlap/transition-matrix.js";
import { directBarycentres } from "../../../src/models/attention/direct-barycentres.js";
import { chebyshev } from "../../../src/numerics/chebyshev.js";
import { multiply } from "../../../src/numerics/matrix.js";
import { stream } from "../../../src/noise/stream.js";
import { copyMeasure, measure } from "../../../src/sphere/measure.js";

describe("two tokens", () => {
  it.each([-0.9, 0, 0.3, 1])("are placed where their overlap is %f, on the sphere", (R) => {
    for (const law of [pairAt(3, R), copyMeasure(pairAt(3, 0.5))]) {
      if (pairOverlap(law) !== R) placePair(R, law);
      expect(pairOverlap(law)).toBeCloseTo(R, 14);
      for (const o of [0, 3]) expect(Math.hypot(...law.points.subarray(o, o + 3))).toBeCloseTo(1, 14);
    }
  });

  it("pick the same one of the two, at zero temperature and alone, as often as the arcsine law says", () => {
    const draws = new Float64Array(3);
    const { points: x } = pairAt(3, 0.4);
    let same = 0;
    for (let k = 0; k < 20000; k++) {
      stream("alone", "test").normals(0, k, draws);
      const [a, b] = [0, 3].map((o) => draws.reduce((s, g, e) => s + g * x[o + e], 0));
      if (a * b > 0) same++;
    }
    // Standard deviation of the share: 0.0034.
    expect(Math.abs(same / 20000 - arcsineLaw(0.4))).toBeLessThan(0.015);
    expect(aloneScore(1)).toBe(1);
    expect(aloneScore(-1)).toBe(-1);
  });

  it("drift with no curvature when keys are rotations", () => {
    expect(driftCurvature(8, 0, 0.3)).toBe(0);
    expect(driftCurvature(1024, 2, 0.3)).toBeCloseTo(1, 2);
  });
});

describe("the tilted mean", () => {
  it("is the barycentre of attention, at any temperature and with weights", () => {
    const law = measure([[1, 0], [0.6, 0.8], [-0.28, 0.96]], [0.2, 0.5, 0.3]); // prettier-ignore
    const A = Float64Array.of(0.3, -1, 2, 0.5);
    const out = new Float64Array(2);
    const image = new Float64Array(2);
    for (const beta of [0, 1.5, 2000]) {
      const bary = directBarycentres(3, 2, 1, beta);
      bary.freeze(law, [A]);
      const mean = tiltedMean({ rows: law.points, weights: law.weights, width: 2 }, beta);
      for (let i = 0; i < 3; i++) {
        multiply(A, law.points, 2 * i, 2, image);
        mean(image, out);
        out.forEach((v, a) => expect(v).toBeCloseTo(bary.values[2 * i + a], 13));
      }
    }
  });
});

describe("the transition matrix of a chain on [-1, 1]", () => {
  it("takes polynomials to their expectations after a step", () => {
    const nodes = chebyshev(6);
    const matrix = transitionMatrix(nodes, (R, land) => {
      land(0.25, R / 2);
      land(0.75, (R + 1) / 2);
    });
    const f = (R: number): number => 1 + R ** 3 - 2 * R ** 6;
    nodes.points.forEach((R, i) => {
      const row = matrix.subarray(7 * i, 7 * i + 7);
      const after = row.reduce((s, p, j) => s + p * f(nodes.points[j]), 0);
      expect(after).toBeCloseTo(0.25 * f(R / 2) + 0.75 * f((R + 1) / 2), 13);
    });
  });
});
