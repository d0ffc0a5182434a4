import { describe, expect, it } from "vitest";
import { fourierArea } from "../../../src/noise/areas/fourier.js";
import type { AreaMethod } from "../../../src/noise/areas/method.js";
import { milsteinArea } from "../../../src/noise/areas/milstein.js";
import { mrongowiusRoesslerArea } from "../../../src/noise/areas/mrongowius-roessler.js";
import { wiktorssonArea } from "../../../src/noise/areas/wiktorsson.js";
import { average, drawAreas } from "./draw.js";

/** The same method with every area multiplied. */
function scaled(method: AreaMethod, factor: number): AreaMethod {
  return {
    ...method,
    plan(K, terms) {
      const sample = method.plan(K, terms);
      return (h, dW, normals, out) => {
        sample(h, dW, normals, out);
        for (let e = 0; e < out.length; e++) out[e] *= factor;
      };
    },
  };
}

/**
 * sqrt(n) sup |F_n - F| against Lévy's law of two channels, P(L/h <= a) = (2/pi) arctan(e^{pi a}): the density
 * sech(pi a) has characteristic function sech(l/2) and variance 1/4 (Lévy 1951). No bound at false alarm 1e-6 is lower
 * than sqrt(log(2e6) / 2) = 2.69, Kolmogorov's tail being 2 exp(-2 x^2).
 */
function kolmogorov(method: AreaMethod, terms: number): number {
  const count = 200_000;
  const h = 0.25;
  const values = new Float64Array(count);
  let i = 0;
  drawAreas(method, { K: 2, terms, count, h }, (L) => {
    values[i++] = L[1] / h;
  });
  values.sort();
  let D = 0;
  values.forEach((a, rank) => {
    const F = (2 / Math.PI) * Math.atan(Math.exp(Math.PI * a));
    D = Math.max(D, F - rank / count, (rank + 1) / count - F);
  });
  return Math.sqrt(count) * D;
}
const KS_BOUND = Math.sqrt(Math.log(2e6) / 2);

describe("the law of the area of two channels", () => {
  it.each([mrongowiusRoesslerArea, wiktorssonArea])("is Lévy's for $name", (method) => {
    expect(kolmogorov(method, 10)).toBeLessThan(KS_BOUND);
  });

  it("is missed without the tail and with the wrong scale", () => {
    expect(kolmogorov(fourierArea, 4)).toBeGreaterThan(KS_BOUND);
    expect(kolmogorov(milsteinArea, 2)).toBeGreaterThan(KS_BOUND);
    expect(kolmogorov(scaled(mrongowiusRoesslerArea, 1.3), 10)).toBeGreaterThan(KS_BOUND);
  });
});

/**
 * Cov(L_jk, L_lm | dW) = h^2/24 (d_jl C_km - d_jm C_kl - d_kl C_jm + d_km C_jl), C = Id + 2 w w^T, w = dW/sqrt(h): the
 * sum of the series' terms. On the diagonal h^2/12 + h (dW_j^2 + dW_k^2)/12.
 */
function conditionalCovariance(h: number, dW: Float64Array, [j, k]: number[], [l, m]: number[]): number {
  const C = (a: number, b: number): number => (a === b ? 1 : 0) + (2 * dW[a] * dW[b]) / h;
  const d = (a: number, b: number): number => (a === b ? 1 : 0);
  return (h * h * (d(j, l) * C(k, m) - d(j, m) * C(k, l) - d(k, l) * C(j, m) + d(k, m) * C(j, l))) / 24;
}

const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
];

/** Largest deviation, in standard errors, of mean and second moments of the areas given dW. */
function conditionalDeviation(method: AreaMethod, terms: number): number {
  const K = 3;
  const h = 0.5;
  const given = Float64Array.of(0.9, -0.4, 1.3);
  const moments = PAIRS.flatMap((a, i) =>
    PAIRS.slice(i).map((b) => ({ a, b, want: conditionalCovariance(h, given, a, b), got: average() })),
  );
  const means = PAIRS.map(([j, k]) => ({ e: j * K + k, got: average() }));
  drawAreas(method, { K, terms, count: 100_000, h, given }, (L) => {
    for (const { a, b, got } of moments) got.add(L[a[0] * K + a[1]] * L[b[0] * K + b[1]]);
    for (const { e, got } of means) got.add(L[e]);
  });
  return Math.max(
    ...moments.map(({ want, got }) => Math.abs(got.mean() - want) / got.error()),
    ...means.map(({ got }) => Math.abs(got.mean()) / got.error()),
  );
}

describe("the second moments given dW", () => {
  it("has E[L_jk^2 | dW] = h^2/12 + h (dW_j^2 + dW_k^2)/12 on the diagonal of its formula", () => {
    const dW = Float64Array.of(0.9, -0.4, 1.3);
    const want = 0.25 / 12 + (0.5 * (0.81 + 0.16)) / 12;
    expect(conditionalCovariance(0.5, dW, [0, 1], [0, 1])).toBeCloseTo(want, 15);
  });

  it.each(
    [mrongowiusRoesslerArea, wiktorssonArea].flatMap((method) =>
      [1, 3].map((terms) => ({ name: method.name, method, terms })),
    ),
  )("are exact for $name with $terms terms", ({ method, terms }) => {
    expect(conditionalDeviation(method, terms)).toBeLessThan(5);
  });

  it("are missed without the tail, with half of it, and with the wrong scale", () => {
    expect(conditionalDeviation(fourierArea, 3)).toBeGreaterThan(5);
    expect(conditionalDeviation(milsteinArea, 3)).toBeGreaterThan(5);
    expect(conditionalDeviation(scaled(mrongowiusRoesslerArea, 1.3), 3)).toBeGreaterThan(5);
  });
});

/** The variance of one area in units of h^2/4, with its standard error; the pairs of one draw share their noise. */
function varianceRatio(method: AreaMethod, terms: number) {
  const K = 5;
  const h = 0.1;
  const ratio = average();
  drawAreas(method, { K, terms, count: 230_000, h }, (L) => {
    let sum = 0;
    for (let j = 0; j < K; j++) for (let k = j + 1; k < K; k++) sum += L[j * K + k] ** 2;
    ratio.add(sum / 10 / (h * h * 0.25));
  });
  return { ratio: ratio.mean(), error: ratio.error() };
}

describe("the variance", () => {
  it.each(
    [mrongowiusRoesslerArea, wiktorssonArea].flatMap((method) =>
      [1, 2, 4].map((terms) => ({ name: method.name, method, terms })),
    ),
  )("is h^2/4 within 1% for $name with $terms terms", ({ method, terms }) => {
    const { ratio, error } = varianceRatio(method, terms);
    expect(error).toBeLessThan(0.002);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.01);
    expect(Math.abs(ratio - 1)).toBeLessThan(5 * error);
  });

  it("is missed by 1.69 when areas are scaled by 1.3, and by its tail when that is dropped", () => {
    const wrong = varianceRatio(scaled(mrongowiusRoesslerArea, 1.3), 1);
    expect(Math.abs(wrong.ratio - 1.69)).toBeLessThan(5 * wrong.error);
    // The series' share with one term is 6 / pi^2.
    const bare = varianceRatio(fourierArea, 1);
    expect(Math.abs(bare.ratio - 6 / Math.PI ** 2)).toBeLessThan(5 * bare.error);
  });
});
