import { describe, expect, it } from "vitest";
import { diffusionMoment } from "../../../src/exact/overlap/diffusion-moments.js";
import {
  directionCosine,
  directionCurvature,
  measureCurvature,
} from "../../../src/exact/overlap/direction-overlap.js";
import {
  fixationLaw,
  lowTemperatureOverlap,
  lowTemperaturePath,
} from "../../../src/exact/overlap/low-temperature.js";
import { lowTemperatureRates } from "../../../src/exact/overlap/low-temperature-rates.js";
import { twoTokenMoments } from "../../../src/exact/overlap/two-token-overlap.js";
import { stream } from "../../../src/noise/stream.js";

describe("moments of a diffusion on the line", () => {
  it("are Gaussian ones for Brownian motion with drift", () => {
    const { value, error } = diffusionMoment({ drift: () => 0.3, variance: 0.5 }, Math.sin, 0.2, 2);
    expect(value).toBeCloseTo(Math.exp(-0.5) * Math.sin(0.8), 10);
    expect(error).toBeLessThan(1e-8);
  });

  it("are Beneš's for dz = tanh z dt + dB, whose transition density is known", () => {
    // E sinh(z_T)/cosh(z_T) = e^{-T/2} E sinh(z_0 + B_T) / cosh z_0 = tanh z_0: tanh z is a martingale.
    const { value } = diffusionMoment({ drift: Math.tanh, variance: 1 }, Math.tanh, 0.4, 3);
    expect(value).toBeCloseTo(Math.tanh(0.4), 9);
  });

  it("are those of two tokens at beta = 0 from an independent program", () => {
    for (const [d, start, time, first, second] of [
      [2, 0.3, 1, 0.2594437, 0.3480554],
      [3, 0.2, 1, 0.3085902, 0.2964129],
      [8, 0, 2, 0.5740515, 0.4299634],
    ]) {
      const moments = twoTokenMoments(d, start, time);
      expect(Math.abs(moments.first.value - first)).toBeLessThan(1e-6);
      expect(Math.abs(moments.second.value - second)).toBeLessThan(1e-6);
      expect(Math.max(moments.first.error, moments.second.error)).toBeLessThan(1e-8);
    }
  });
});

describe("the low-temperature overlap", () => {
  it("settles by the arcsine law for c = 0", () => {
    for (const u of [-0.6, -0.2, 0, 0.2, 0.6, 0.999]) {
      expect(fixationLaw(0)(u)).toBeCloseTo(0.5 + Math.asin(u) / Math.PI, 10);
    }
    expect(fixationLaw(0)(1)).toBe(1);
  });

  it("has a fixation probability that is a martingale of its own diffusion only", () => {
    const drift = (c: number, law: number): number => {
      const settles = fixationLaw(c);
      const { value } = diffusionMoment(
        lowTemperatureOverlap(law),
        (z) => settles(Math.tanh(z)),
        Math.atanh(0.5),
        0.5,
      );
      return Math.abs(value - settles(0.5));
    };
    for (const c of [0, 0.5]) expect(drift(c, c)).toBeLessThan(1e-7);
    expect(drift(0, 0.5)).toBeGreaterThan(1e-2);
  });

  it("never settles for c >= 1", () => {
    expect(() => fixationLaw(1)).toThrow("c: at 1 the overlap is recurrent");
  });

  it("has paths of order one in the step, with the noise shared", () => {
    const N = 512;
    const fine = new Float64Array(N);
    const paths = 100;
    const error = [0, 0];
    for (let path = 0; path < paths; path++) {
      stream("low", "test").normals(path, 0, fine);
      for (let s = 0; s < N; s++) fine[s] *= Math.sqrt(1 / N);
      const coarser = (by: number): Float64Array =>
        Float64Array.from({ length: N / by }, (_, s) =>
          fine.subarray(s * by, (s + 1) * by).reduce((sum, v) => sum + v, 0),
        );
      const end = (by: number): number => lowTemperaturePath(0, 0.2, by / N, coarser(by))[N / by];
      [16, 8].forEach((by, e) => {
        error[e] += (end(by) - end(1)) ** 2 / paths;
      });
    }
    // Both are compared with step 1/512: an exact slope one shows as log2((16-1)/(8-1)) = 1.10.
    const slope = 0.5 * Math.log2(error[0] / error[1]);
    expect(slope).toBeGreaterThan(0.9);
    expect(slope).toBeLessThan(1.3);
  });
});

describe("the curvature c of a key matrix's action on directions", () => {
  it("tends to 1/2 for one Gaussian factor and to 1 for two", () => {
    for (const R of [0.2, 0.5, 0.8]) {
      for (const factors of [1, 2] as const) {
        const away = (d: number): number => directionCurvature(d, R, factors) - factors / 2;
        // The next term of the expansion is of order 1/d.
        expect(Math.abs(away(1024))).toBeLessThan(5e-3);
        expect(away(256) / away(1024)).toBeGreaterThan(3);
        expect(away(256) / away(1024)).toBeLessThan(5);
      }
    }
  });

  it("is what the factors themselves do", () => {
    for (const [d, factors] of [
      [8, 1],
      [8, 2],
      [16, 2],
    ] as const) {
      const exact = directionCurvature(d, 0.5, factors);
      const { c, standardError } = measureCurvature({
        dimension: d,
        overlap: 0.5,
        factors,
        samples: 20000,
        seed: "curvature",
      });
      expect(Math.abs(c - exact)).toBeLessThan(5 * standardError);
      expect(Math.abs(c - directionCurvature(d, 0.5, factors === 1 ? 2 : 1))).toBeGreaterThan(
        5 * standardError,
      );
    }
  });

  it("makes the low-temperature drift -(1+c) u (1-u^2), not the printed -u (1-u^2)", () => {
    const d = 4096;
    for (const R of [-0.5, 0.3, 0.8]) {
      for (const factors of [1, 2] as const) {
        const { drift, variation } = lowTemperatureRates(d, R, factors);
        const shape = -R * (1 - R * R);
        expect(drift / shape).toBeCloseTo(1 + factors / 2, 2);
        expect(variation).toBeCloseTo(2 * (1 - R * R) ** 2, 2);
      }
    }
  });

  it("belongs to a cosine that is odd and, on the circle, an elliptic integral", () => {
    expect(directionCosine(6, -0.4, 2)).toBeCloseTo(-directionCosine(6, 0.4, 2), 12);
    // d = 2: (2/2)(Gamma(3/2)/Gamma(1))^2 R F(1/2,1/2;2;R^2), by the midpoint rule in Euler's integral.
    const R = 0.6;
    let sum = 0;
    const N = 400;
    for (let i = 0; i < N; i++) {
      const t = (Math.PI * (i + 0.5)) / N;
      sum += Math.cos(t) ** 2 / Math.sqrt(1 - R * R * Math.sin(t) ** 2);
    }
    // pi/4 F(1/2,1/2;2;k^2) = int_0^{pi/2} cos^2 t / sqrt(1 - k^2 sin^2 t) dt
    expect(directionCosine(2, R, 1)).toBeCloseTo((R * sum * Math.PI) / (2 * N), 10);
  });
});
