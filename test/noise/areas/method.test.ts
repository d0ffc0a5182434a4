import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fourierArea } from "../../../src/noise/areas/fourier.js";
import type { AreaMethod } from "../../../src/noise/areas/method.js";
import { milsteinArea } from "../../../src/noise/areas/milstein.js";
import { mrongowiusRoesslerArea } from "../../../src/noise/areas/mrongowius-roessler.js";
import { statedMeanSquare, termsNeeded } from "../../../src/noise/areas/terms-needed.js";
import { trigamma } from "../../../src/numerics/trigamma.js";
import { wiktorssonArea } from "../../../src/noise/areas/wiktorsson.js";
import { stream } from "../../../src/noise/stream.js";

const METHODS = [mrongowiusRoesslerArea, wiktorssonArea, milsteinArea, fourierArea].map((method) => ({
  name: method.name,
  method,
}));

function draw(method: AreaMethod, K: number, terms: number, h: number, scale = 1): Float64Array {
  const normals = new Float64Array(method.normals(K, terms));
  const dW = new Float64Array(K);
  const source = stream("properties", "areas");
  source.normals(0, 0, normals);
  source.normals(0, 1, dW);
  const out = new Float64Array(K * K).fill(NaN);
  method.plan(K, terms)(
    h,
    dW.map((v) => v * Math.sqrt(h) * scale),
    normals,
    out,
  );
  return out;
}

describe.each(METHODS)("$name", ({ method }) => {
  it("gives a skew matrix which scales like h, for any number of channels", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }), (K, terms) => {
        const L = draw(method, K, terms, 1);
        for (let j = 0; j < K; j++) for (let k = 0; k < K; k++) expect(L[j * K + k] + L[k * K + j]).toBe(0);
        const quarter = draw(method, K, terms, 0.25);
        expect(quarter).toEqual(L.map((v) => 0.25 * v));
      }),
      { seed: 5, numRuns: 40 },
    );
  });

  it("works for two hundred channels and stays a function of its arguments", () => {
    const plan = method.plan(200, 2);
    const normals = new Float64Array(method.normals(200, 2));
    stream("wide", "areas").normals(0, 0, normals);
    const dW = Float64Array.from({ length: 200 }, (_, k) => Math.sin(k));
    const [first, second] = [new Float64Array(40_000), new Float64Array(40_000)];
    plan(1, dW, normals, first);
    plan(1, dW, normals, second);
    expect(first.every((v, e) => v === second[e])).toBe(true);
    expect(first.every(Number.isFinite)).toBe(true);
  });

  it("needs the fewest terms which keep its stated error", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        fc.integer({ min: 2, max: 50 }),
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (h, K, factor) => {
          const error = factor * h ** 1.5;
          const p = termsNeeded(h, K, error, method);
          const slack = 1 + 1e-12;
          expect(statedMeanSquare(method, h, K, p)).toBeLessThanOrEqual(error * error * slack);
          if (p > 1) expect(statedMeanSquare(method, h, K, p - 1) * slack).toBeGreaterThan(error * error);
        },
      ),
      { seed: 6 },
    );
  });
});

describe("termsNeeded", () => {
  it("follows the papers at the error h^{3/2}", () => {
    const [h, K] = [1 / 256, 18];
    expect(termsNeeded(h, K)).toBe(Math.ceil(Math.sqrt(K / 12) / (Math.PI * Math.sqrt(h))));
    const at = (method: AreaMethod): number => termsNeeded(h, K, undefined, method);
    expect(at(wiktorssonArea)).toBe(Math.ceil(Math.sqrt((5 * K) / 12) / (Math.PI * Math.sqrt(h))));
    expect(at(milsteinArea)).toBe(Math.ceil(1 / (2 * Math.PI ** 2 * h)));
    expect(at(fourierArea)).toBe(Math.ceil(3 / (2 * Math.PI ** 2 * h)));
    expect([termsNeeded(h, K), at(wiktorssonArea), at(milsteinArea), at(fourierArea)]).toEqual([
      7, 14, 13, 39,
    ]);
  });

  it("is at least one, and refuses what makes no sense", () => {
    expect(termsNeeded(1, 2, 10)).toBe(1);
    expect(() => termsNeeded(0, 2)).toThrow(/h is 0/);
    expect(() => termsNeeded(NaN, 2)).toThrow(RangeError);
    expect(() => termsNeeded(0.1, 1.5)).toThrow(/channels is 1.5/);
    expect(() => termsNeeded(0.1, 2, 0)).toThrow(/error is 0/);
    expect(() => termsNeeded(1, 2, 1e-30)).toThrow(/terms of mrongowius-roessler/);
  });
});

describe("trigamma", () => {
  it("is pi^2/6 minus the sum it leaves out", () => {
    let sum = 0;
    for (let n = 1; n <= 60; n++) {
      expect(Math.abs(trigamma(n) - (Math.PI ** 2 / 6 - sum))).toBeLessThan(1e-15 * 4);
      sum += 1 / (n * n);
    }
  });
});
