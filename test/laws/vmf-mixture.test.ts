import { describe, expect, it } from "vitest";
import { meanResultant } from "../../src/laws/von-mises-fisher.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { stream } from "../../src/noise/stream.js";
import type { Measure } from "../../src/types.js";

const N = 20_000;
const initial = stream("laws", "initial");

const unit = (...x: number[]): number[] => x.map((v) => v / Math.hypot(...x));
/* pointing everywhere, so that a wrong rotation shows */
const direction = (d: number): number[] => unit(...Array.from({ length: d }, (_, a) => Math.cos(1 + 2 * a)));

/** Standard scores of a cloud's cosine with `mean`, its square, and the tangent part, against the exact moments. */
function scores(
  law: Measure,
  mean: number[],
  kappa: number,
): { cosine: number; square: number; tangent: number } {
  const d = law.dimension;
  const t = Float64Array.from({ length: law.count }, (_, i) =>
    mean.reduce((s, m, a) => s + m * law.points[i * d + a], 0),
  );
  const score = (x: Float64Array, want: number): number => {
    const m = x.reduce((s, v) => s + v, 0) / x.length;
    const variance = x.reduce((s, v) => s + (v - m) ** 2, 0) / x.length;
    return (m - want) / Math.sqrt(variance / x.length);
  };
  const resultant = meanResultant(d, kappa);
  /* E <x, e>^2 = 1 - (d-1) A / kappa along the mean, A / kappa across it (Mardia, Jupp, section 9.6). */
  const across = unit(...mean.map((m, a) => (a === 0 ? 1 : 0) - mean[0] * m));
  const v = t.map((_, i) => across.reduce((s, e, a) => s + e * law.points[i * d + a], 0) ** 2);
  return {
    cosine: score(t, resultant),
    square: score(
      t.map((s) => s * s),
      1 - ((d - 1) * resultant) / kappa,
    ),
    tangent: score(v, resultant / kappa),
  };
}

describe("vmfMixture tokens", () => {
  it.each([
    [2, 0.5],
    [2, 5],
    [2, 1e4],
    [3, 5],
    [3, 1e4],
    [5, 0.5],
    [5, 20],
    [20, 40],
    [64, 1e4],
  ])("have the exact first and second moments, d = %d, kappa = %d", (d, kappa) => {
    const mean = direction(d);
    const law = vmfMixture(d, [{ weight: 1, kappa, mean }]).sample(N, initial, d);
    const z = scores(law, mean, kappa);
    for (const s of [z.cosine, z.square, z.tangent]) expect(Math.abs(s)).toBeLessThan(5);
    for (let o = 0; o < law.points.length; o += d)
      expect(Math.abs(Math.hypot(...law.points.subarray(o, o + d)) - 1)).toBeLessThan(1e-14);
  });

  it.each([2, 3, 5, 20])("are told from a kappa wrong by 5%, d = %d", (d) => {
    const mean = direction(d);
    const law = vmfMixture(d, [{ weight: 1, kappa: 1.05 * 2 * d, mean }]).sample(2 * N, initial, d);
    expect(Math.abs(scores(law, mean, 2 * d).cosine)).toBeGreaterThan(5);
  });

  it("d = 3: the cosine passes Kolmogorov-Smirnov against the closed distribution function", () => {
    const [kappa, mean] = [4, direction(3)];
    const law = vmfMixture(3, [{ weight: 1, kappa, mean }]).sample(N, initial, 0);
    const t = Float64Array.from({ length: N }, (_, i) =>
      mean.reduce((s, m, a) => s + m * law.points[3 * i + a], 0),
    );
    const gap = (k: number): number =>
      Math.max(
        ...t
          .sort()
          .map((v, i) =>
            Math.abs(
              (Math.sinh((k * (v + 1)) / 2) * Math.exp((k * (v - 1)) / 2)) / Math.sinh(k) - (i + 0.5) / N,
            ),
          ),
      );
    /* P(sup |F_n - F| > x / sqrt n) <= 2 exp(-2 x^2) = 1e-6 */
    const critical = Math.sqrt(Math.log(2e6) / 2 / N);
    expect(gap(kappa)).toBeLessThan(critical);
    expect(gap(1.1 * kappa)).toBeGreaterThan(critical);
  });

  it("d = 2: 40 arcs pass chi-square against the density", () => {
    const mixture = vmfMixture(2, [
      { weight: 0.3, kappa: 6, mean: unit(1, 2) },
      { weight: 0.7, kappa: 1, mean: unit(-1, 0.1) },
    ]);
    const law = mixture.sample(N, initial, 3);
    const seen = new Float64Array(40);
    for (let i = 0; i < N; i++) {
      const angle = Math.atan2(law.points[2 * i + 1], law.points[2 * i]) + Math.PI;
      seen[Math.min(39, Math.floor((40 * angle) / (2 * Math.PI)))]++;
    }
    let chi = 0;
    for (let c = 0; c < 40; c++) {
      let p = 0;
      for (let k = 0; k < 50; k++) {
        const angle = (2 * Math.PI * (c + (k + 0.5) / 50)) / 40 - Math.PI;
        p += (mixture.density!(Float64Array.of(Math.cos(angle), Math.sin(angle))) * 2 * Math.PI) / 40 / 50;
      }
      chi += (seen[c] - N * p) ** 2 / (N * p);
    }
    /* the 1 - 1e-6 quantile of chi-square with 39 degrees of freedom is 97.8 */
    expect(chi).toBeLessThan(97.8);
  });

  it("are a function of (stream, path) and extend when more are asked for", () => {
    const law = vmfMixture(4, [{ weight: 1, kappa: 3, mean: direction(4) }]);
    const [ten, twenty, other] = [
      law.sample(10, initial, 1),
      law.sample(20, initial, 1),
      law.sample(10, initial, 2),
    ];
    expect([...twenty.points.subarray(0, 40)]).toEqual([...ten.points]);
    expect([...other.points]).not.toEqual([...ten.points]);
  });
});

describe("vmfMixture density", () => {
  it.each([
    [2, 3],
    [2, 1e4],
    [3, 0.01],
    [3, 1e4],
    [7, 12],
  ])("integrates to one, d = %d, kappa = %d", (d, kappa) => {
    /* the mean in the plane of the first two axes; angles in that plane, the rest of the sphere by its area */
    const mean = [Math.cos(1), Math.sin(1), ...new Array<number>(d - 2).fill(0)];
    const { density } = vmfMixture(d, [{ weight: 1, kappa, mean }]);
    const area = d === 2 ? 2 : d === 3 ? 2 * Math.PI : Math.PI ** 3; // of S^{d-2}; S^5 has pi^3
    const n = 100_000;
    let sum = 0;
    for (let k = 0; k < n; k++) {
      const theta = (Math.PI * (k + 0.5)) / n;
      const x = new Float64Array(d);
      x[0] = Math.cos(1 + theta);
      x[1] = Math.sin(1 + theta);
      sum += (density!(x) * area * Math.sin(theta) ** (d - 2) * Math.PI) / n;
    }
    expect(Math.abs(sum - 1)).toBeLessThan(d === 3 ? (100 * kappa + 10) / n ** 2 : 1e-11);
  });

  /* log C_d(kappa) + kappa <mean, x> from 60-digit arithmetic (mpmath) at |x - mean|^2 = chord. */
  it.each([
    [101, 1e10, 2 ** -23, 463.3522455451493],
    [40, 1e20, 2 ** -56, 168.28019308197274],
  ])("is a number where its peak is none, d = %d, kappa = %d", (d, kappa, chord, log) => {
    const mean = Array.from({ length: d }, (_, a) => (a === 0 ? 1 : 0));
    const x = new Float64Array(d);
    x[0] = 1 - chord / 2;
    x[1] = Math.sqrt(chord - chord ** 2 / 4);
    const { density } = vmfMixture(d, [{ weight: 1, kappa, mean }]);
    expect(density!(Float64Array.from(mean))).toBe(Infinity);
    expect(Math.abs(Math.log(density!(x)) - log)).toBeLessThan(1e-11);
  });
});

describe("vmfMixture quasi", () => {
  it.each([
    [2, 1000, 0.1],
    [3, 1000, 0.1],
    [5, 4000, 0.5],
  ])("d = %d, n = %d: every mean within %d standard errors of independent tokens", (d, n, fraction) => {
    const parts = [
      { weight: 0.3, kappa: 8, mean: direction(d) },
      { weight: 0.7, kappa: 2, mean: unit(...direction(d).map((v, a) => (a % 2 ? v : -v))) },
    ];
    const law = vmfMixture(d, parts).quasi!(n);
    expect(law.weights.reduce((s, w) => s + w, 0)).toBeCloseTo(1, 12); // n rounding errors
    for (let a = 0; a < d; a++) {
      const want = parts.reduce((s, p) => s + p.weight * meanResultant(d, p.kappa) * p.mean[a], 0);
      let mean = 0;
      let square = 0;
      for (let i = 0; i < n; i++) {
        mean += law.weights[i] * law.points[i * d + a];
        square += law.weights[i] * law.points[i * d + a] ** 2;
      }
      /* independent tokens pass this in all coordinates with a probability below 1e-2 */
      expect(Math.abs(mean - want)).toBeLessThan(fraction * Math.sqrt((square - mean * mean) / n));
    }
  });

  it("d = 2: cosines keep the Koksma bound of mid-quantiles, variation / 2n", () => {
    const [n, kappa, mean] = [1001, 3, direction(2)];
    const law = vmfMixture(2, [{ weight: 1, kappa, mean }]).quasi!(n);
    let cosine = 0;
    for (let i = 0; i < n; i++) cosine += (mean[0] * law.points[2 * i] + mean[1] * law.points[2 * i + 1]) / n;
    expect(Math.abs(cosine - meanResultant(2, kappa))).toBeLessThan(4 / (2 * n));
    expect(Math.abs(cosine - meanResultant(2, 1.1 * kappa))).toBeGreaterThan(4 / (2 * n));
  });
});

it("refuses what is no mixture, by name", () => {
  const mean = [1, 0, 0];
  expect(() => vmfMixture(3, [])).toThrow(/no components/);
  expect(() => vmfMixture(1, [{ weight: 1, kappa: 1, mean: [1] }])).toThrow(/dimension 1/);
  expect(() => vmfMixture(3, [{ weight: 1, kappa: NaN, mean }])).toThrow(/kappa is NaN/);
  expect(() => vmfMixture(3, [{ weight: 0.5, kappa: 1, mean }])).toThrow(/sum to 0.5/);
  expect(() => vmfMixture(3, [{ weight: 1, kappa: 1, mean: [1, 1, 0] }])).toThrow(/components\[0\].mean/);
  const law = vmfMixture(3, [{ weight: 1, kappa: 1, mean }]);
  expect(() => law.sample(0, initial, 0)).toThrow(/0 tokens/);
});
