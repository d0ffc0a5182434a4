import { describe, expect, it } from "vitest";
import { fourierArea } from "../../../src/noise/areas/fourier.js";
import type { AreaMethod } from "../../../src/noise/areas/method.js";
import { milsteinArea } from "../../../src/noise/areas/milstein.js";
import { mrongowiusRoesslerArea } from "../../../src/noise/areas/mrongowius-roessler.js";
import { statedMeanSquare } from "../../../src/noise/areas/terms-needed.js";
import { trigamma } from "../../../src/numerics/trigamma.js";
import { wiktorssonArea } from "../../../src/noise/areas/wiktorsson.js";
import { stream } from "../../../src/noise/stream.js";
import { average } from "./draw.js";

/** The reference takes this many times the terms. */
const LONG = 50;
const H = 0.3;

/**
 * Everything one interval with two channels is made of: X_r, Y_r up to 50p, a normal vector for the linear tail beyond
 * and one number g for the bilinear tail.
 */
function reference(terms: number, count: number, see: (z: Float64Array, dW: Float64Array) => void): void {
  const source = stream("area errors", `${terms}`);
  const all = new Float64Array(2 + 4 * LONG * terms + 3);
  const dW = new Float64Array(2);
  for (let i = 0; i < count; i++) {
    source.normals(i, 0, all);
    for (let k = 0; k < 2; k++) dW[k] = all[k] * Math.sqrt(H);
    see(all.subarray(2), dW);
  }
}

/** Entry (0,1) of the area a method makes of `normals`. */
function sampler(method: AreaMethod, terms: number) {
  const sample = method.plan(2, terms);
  const out = new Float64Array(4);
  return (dW: Float64Array, normals: Float64Array): number => {
    sample(H, dW, normals, out);
    return out[1];
  };
}

/** sum_{p < r <= 50p} X_r / r plus the tail beyond, in units of its standard deviation: the vector which p terms see. */
function linearTail(z: Float64Array, terms: number, out: Float64Array, at: number): void {
  const far = Math.sqrt(trigamma(LONG * terms + 1));
  const near = Math.sqrt(trigamma(terms + 1));
  for (let k = 0; k < 2; k++) {
    let sum = far * z[4 * LONG * terms + k];
    for (let r = terms + 1; r <= LONG * terms; r++) sum += z[4 * (r - 1) + k] / r;
    out[at + k] = sum / near;
  }
}

/** The mean-square distance of the method's area from the reference under the coupling of its paper. */
function measured(method: AreaMethod, terms: number, count: number) {
  const short = sampler(method, terms);
  const series = 4 * terms;
  const normals = new Float64Array(method.normals(2, terms));
  const square = average();
  const longFourier = sampler(fourierArea, LONG * terms);
  const longMilstein = sampler(milsteinArea, LONG * terms);
  const shortMilstein = sampler(milsteinArea, terms);
  const shortFourier = sampler(fourierArea, terms);
  const far = 2 * trigamma(LONG * terms + 1);
  const tail = new Float64Array(series + 2);
  reference(terms, count, (z, dW) => {
    const g = z[4 * LONG * terms + 2];
    normals.set(z.subarray(0, series));
    tail.set(z.subarray(0, series));
    linearTail(z, terms, tail, series);
    let long = 0;
    if (method === fourierArea) {
      long = longFourier(dW, z);
    } else if (method === milsteinArea) {
      normals.set(tail);
      long = longMilstein(dW, z);
    } else if (method === mrongowiusRoesslerArea) {
      // Given X, the bilinear tail is normal with variance sum |X_r|^2 / r^2: a scalar for two channels.
      normals.set(tail);
      normals[series + 2] = g;
      let variance = far;
      for (let r = terms + 1; r <= LONG * terms; r++) {
        const x = 4 * (r - 1);
        variance += (z[x] ** 2 + z[x + 1] ** 2) / (r * r);
      }
      long = shortMilstein(dW, tail) + (H / (2 * Math.PI)) * Math.sqrt(variance) * g;
    } else {
      // Given Y, the whole tail is normal with variance sum |Y_r - sqrt(2) w|^2 / r^2.
      normals[series] = g;
      const w = [dW[0] / Math.sqrt(H), dW[1] / Math.sqrt(H)];
      let variance = far * (1 + w[0] ** 2 + w[1] ** 2);
      for (let r = terms + 1; r <= LONG * terms; r++) {
        const y = 4 * (r - 1) + 2;
        variance += ((z[y] - Math.SQRT2 * w[0]) ** 2 + (z[y + 1] - Math.SQRT2 * w[1]) ** 2) / (r * r);
      }
      long = shortFourier(dW, z) + (H / (2 * Math.PI)) * Math.sqrt(variance) * g;
    }
    square.add((short(dW, normals) - long) ** 2);
  });
  return { mean: square.mean(), error: square.error() };
}

describe("the mean-square error", () => {
  it.each([
    { name: fourierArea.name, method: fourierArea },
    { name: milsteinArea.name, method: milsteinArea },
  ])("of $name is its constant times sum_{r>p} 1/r^2, under its stated bound", ({ method }) => {
    for (const terms of [1, 3, 8]) {
      const { mean, error } = measured(method, terms, 6_000);
      const kept = trigamma(terms + 1) - trigamma(LONG * terms + 1);
      expect(Math.abs(mean - method.constant(2) * H * H * kept)).toBeLessThan(5 * error);
      const exact = method.constant(2) * H * H * trigamma(terms + 1);
      expect(exact).toBeLessThan(statedMeanSquare(method, H, 2, terms));
    }
  });

  // To leading order E(sqrt(V) - sqrt(EV))^2 = Var V / (4 EV). With V = sum_{r>p} |X_r|^2 / r^2 that is 1 / (6 p^2); with
  // Y_r - sqrt(2) w for X_r it is (2 - E 1/(1 + |w|^2)) / (6 p^2), the mean being 0.46145 (|w|^2 exponential, mean 2).
  it.each([
    { name: mrongowiusRoesslerArea.name, method: mrongowiusRoesslerArea, leading: 1 / 6 },
    { name: wiktorssonArea.name, method: wiktorssonArea, leading: (2 - 0.46145) / 6 },
  ])(
    "of $name falls like p^-2 under its stated bound, towards the coupling's leading term",
    ({ method, leading }) => {
      for (const terms of [1, 2, 4, 16]) {
        const { mean, error } = measured(method, terms, 5_000);
        expect(mean + 5 * error).toBeLessThan(statedMeanSquare(method, H, 2, terms));
        const limit = (leading * H * H) / (4 * Math.PI ** 2 * terms ** 2);
        // Corrections are O(1/p): sum_{r>p} r^-4 / sum_{r>p} r^-2 alone is 1 - 1/p + O(1/p^2) times its limit.
        expect(Math.abs(mean / limit - 1)).toBeLessThan(1.5 / terms + (5 * error) / limit);
      }
    },
  );

  it("is over the bound without the tail, and with a tail of the wrong size", () => {
    const bare = measured(fourierArea, 4, 4_000);
    expect(bare.mean - 5 * bare.error).toBeGreaterThan(statedMeanSquare(wiktorssonArea, H, 2, 4));
    const half = measured(milsteinArea, 4, 4_000);
    expect(half.mean - 5 * half.error).toBeGreaterThan(statedMeanSquare(mrongowiusRoesslerArea, H, 2, 4));
  });
});

/**
 * The path which p terms describe, with w = dW / sqrt(h) and time in units of h:
 *   W_t = t w + sum_r [X_r (cos(2 pi r t) - 1) + Y_r sin(2 pi r t)] / (sqrt(2) pi r),
 * and its area (1/2) int (W_j dW_k - W_k dW_j), j inner, by Simpson's rule.
 */
function areaOfPath(w: number[], normals: Float64Array, terms: number): number {
  const N = 4000;
  let sum = 0;
  for (let i = 0; i <= N; i++) {
    const t = i / N;
    const W = [w[0] * t, w[1] * t];
    const V = [...w];
    for (let r = 1; r <= terms; r++) {
      const [c, s] = [Math.cos(2 * Math.PI * r * t), Math.sin(2 * Math.PI * r * t)];
      for (let k = 0; k < 2; k++) {
        const X = normals[4 * (r - 1) + k];
        const Y = normals[4 * (r - 1) + 2 + k];
        W[k] += (X * (c - 1) + Y * s) / (Math.SQRT2 * Math.PI * r);
        V[k] += Math.SQRT2 * (Y * c - X * s);
      }
    }
    const weight = i === 0 || i === N ? 1 : i % 2 === 1 ? 4 : 2;
    sum += (weight * 0.5 * (W[0] * V[1] - W[1] * V[0])) / (3 * N);
  }
  return sum;
}

describe("the series", () => {
  it("is the area of the path it expands: j is the inner integrator, and signs and factors are right", () => {
    const terms = 3;
    const source = stream("series", "path");
    for (let i = 0; i < 5; i++) {
      const normals = new Float64Array(4 * terms);
      const w = new Float64Array(2);
      source.normals(i, 0, normals);
      source.normals(i, 1, w);
      const L = sampler(fourierArea, terms)(
        w.map((v) => v * Math.sqrt(H)),
        normals,
      );
      const want = H * areaOfPath([...w], normals, terms);
      expect(Math.abs(L - want)).toBeLessThan(1e-9);
      // A transposed area is -L.
      expect(Math.abs(-L - want)).toBeGreaterThan(1e-3);
    }
  });

  it("does not change under the tail, given its normals are zero", () => {
    const dW = Float64Array.of(0.4, -0.2, 0.7);
    const series = stream("series", "tail");
    const want = new Float64Array(9);
    const normals = new Float64Array(12);
    series.normals(0, 0, normals);
    fourierArea.plan(3, 2)(H, dW, normals, want);
    for (const method of [milsteinArea, mrongowiusRoesslerArea, wiktorssonArea]) {
      const padded = new Float64Array(method.normals(3, 2));
      padded.set(normals);
      const got = new Float64Array(9);
      method.plan(3, 2)(H, dW, padded, got);
      expect(got).toEqual(want);
    }
  });
});
