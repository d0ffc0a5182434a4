import { describe, expect, it } from "vitest";
import { harmonicLaw } from "../../src/laws/harmonic-density.js";
import { kernelLaw } from "../../src/laws/kernel.js";
import { pointsLaw } from "../../src/laws/points.js";
import { quadratureLaw } from "../../src/laws/quadrature.js";
import { rejectionLaw } from "../../src/laws/rejection.js";
import { simplexLaw } from "../../src/laws/simplex.js";
import { uniformLaw } from "../../src/laws/uniform.js";
import { vmfMixture } from "../../src/laws/vmf-mixture.js";
import { logPeakDensity, meanResultant } from "../../src/laws/von-mises-fisher.js";
import { stream } from "../../src/noise/stream.js";
import type { Measure } from "../../src/types.js";

const initial = stream("laws", "initial");

const dot = (law: Measure, i: number, j: number): number => {
  let s = 0;
  for (let a = 0; a < law.dimension; a++)
    s += law.points[i * law.dimension + a] * law.points[j * law.dimension + a];
  return s;
};

describe("uniformLaw", () => {
  it.each([2, 3, 6])("tokens have mean zero and covariance I/d, d = %d", (d) => {
    const n = 20_000;
    const law = uniformLaw(d).sample(n, initial, 0);
    for (let a = 0; a < d; a++)
      for (let b = 0; b <= a; b++) {
        let m = 0;
        let s = 0;
        for (let i = 0; i < n; i++) {
          m += law.points[i * d + a] / n;
          s += (law.points[i * d + a] * law.points[i * d + b]) / n;
        }
        expect(Math.abs(m)).toBeLessThan(5 / Math.sqrt(d * n));
        /* E x_a^2 x_b^2 = (1 + 2 [a = b]) / (d (d + 2)) */
        const variance = (a === b ? 3 : 1) / (d * (d + 2)) - (a === b ? 1 / d ** 2 : 0);
        expect(Math.abs(s - (a === b ? 1 / d : 0))).toBeLessThan(5 * Math.sqrt(variance / n));
      }
  });

  it("quasi: equal angles on the circle, Fibonacci caps on the sphere, near covariance I/d beyond", () => {
    const circle = uniformLaw(2).quasi!(7);
    const angles = Float64Array.from({ length: 7 }, (_, i) =>
      Math.atan2(circle.points[2 * i + 1], circle.points[2 * i]),
    );
    angles.sort();
    for (let i = 1; i < 7; i++) expect(angles[i] - angles[i - 1]).toBeCloseTo((2 * Math.PI) / 7, 11);
    const n = 1000;
    for (const [d, bound] of [
      [3, 0.01],
      [5, 0.3],
    ]) {
      const law = uniformLaw(d).quasi!(n);
      for (let a = 0; a < d; a++) {
        let m = 0;
        for (let i = 0; i < n; i++) m += law.points[i * d + a] / n;
        expect(Math.abs(m)).toBeLessThan(bound / Math.sqrt(d * n));
      }
    }
  });

  it("has the density one over the surface area", () => {
    expect(uniformLaw(3).density!(Float64Array.of(0, 0, 1))).toBeCloseTo(1 / (4 * Math.PI), 15);
    expect(() => uniformLaw(1)).toThrow(/dimension 1/);
    expect(() => uniformLaw(3).sample(0.5, initial, 0)).toThrow(/0.5 tokens/);
  });
});

describe("pointsLaw", () => {
  it("gives the points, as fresh copies, and refuses others' counts and norms", () => {
    const law = pointsLaw([
      [1, 0, 0],
      [0.2, 0.9797958971132712, 0],
    ]);
    const start = law.sample(2, initial, 0);
    expect(dot(start, 0, 1)).toBeCloseTo(0.2, 15);
    start.points.fill(7);
    expect(law.sample(2, initial, 1).points[0]).toBe(1);
    expect(() => law.sample(3, initial, 0)).toThrow(/3 tokens asked for where 2/);
    expect(() =>
      pointsLaw([
        [1, 0],
        [0.6, 0.9],
      ]),
    ).toThrow(/points\[1\]: has norm/);
    expect(pointsLaw([[3, 4]], [1], "euclidean").sample(1, initial, 0).points[1]).toBe(4);
  });
});

describe("simplexLaw", () => {
  it.each([
    [3, 3, 0.4],
    [8, 5, 0],
    [8, 8, -0.1],
    [8, 8, 0.999999],
    [3, 4, -1 / 3],
    [2, 2, -1],
    [64, 65, -1 / 64],
    [3, 10, 1],
    [2, 1, 0.3],
  ])("in R^%d, %d vectors with overlap %d", (d, n, gamma) => {
    const law = simplexLaw(d, n, gamma).sample(n, initial, 0);
    for (let i = 0; i < n; i++) {
      expect(dot(law, i, i)).toBeCloseTo(1, 13);
      for (let j = 0; j < i; j++) expect(dot(law, i, j)).toBeCloseTo(gamma, 13);
    }
  });

  it("refuses what geometry does not permit", () => {
    expect(() => simplexLaw(3, 4, 0)).toThrow(/span 4 dimensions, more than the 3/);
    expect(() => simplexLaw(3, 5, -1 / 4)).toThrow(/span 4 dimensions/);
    expect(() => simplexLaw(8, 5, -0.3)).toThrow(
      /gamma is -0.3; 5 vectors can share overlaps from -0.25 to 1/,
    );
    expect(() => simplexLaw(3, 2, NaN)).toThrow(/gamma is NaN/);
  });
});

describe("quadratureLaw", () => {
  it("keeps the mass as the rule gives it, negative weights too", () => {
    const nodes = Float64Array.of(1, 0, 0, 1, -1, 0);
    const { law, mass, minimum } = quadratureLaw(nodes, Float64Array.of(2, 2, 2), [0.3, 0.25, -0.01]);
    expect([...law.weights]).toEqual([0.6, 0.5, -0.02]);
    expect(mass).toBeCloseTo(1.08, 15);
    expect(minimum).toBe(-0.01);
    expect(() => quadratureLaw(nodes, Float64Array.of(2, 2, 2), [1, NaN, 1])).toThrow(/node 1 is NaN/);
  });

  it("integrates a mixture on the circle to spectral accuracy", () => {
    const { density } = vmfMixture(2, [{ weight: 1, kappa: 3, mean: [0.6, 0.8] }]);
    const angles = Array.from({ length: 32 }, (_, k) => (2 * Math.PI * k) / 32);
    const nodes = Float64Array.from(angles.flatMap((t) => [Math.cos(t), Math.sin(t)]));
    const { law, mass } = quadratureLaw(nodes, new Float64Array(32).fill((2 * Math.PI) / 32), density!);
    expect(mass).toBeCloseTo(1, 13);
    let mean = 0;
    for (let i = 0; i < 32; i++) mean += law.weights[i] * law.points[2 * i];
    expect(mean).toBeCloseTo(0.6 * meanResultant(2, 3), 13);
  });
});

describe("rejectionLaw", () => {
  const n = 10_000;
  const kappa = 4;
  const { density } = vmfMixture(3, [{ weight: 1, kappa, mean: [0, 0.6, 0.8] }]);
  const peak = Math.exp(logPeakDensity(3, kappa));
  const score = (law: Measure, k: number): number => {
    const t = Float64Array.from(
      { length: n },
      (_, i) => 0.6 * law.points[3 * i + 1] + 0.8 * law.points[3 * i + 2],
    );
    const A = meanResultant(3, k);
    return (t.reduce((s, v) => s + v, 0) / n - A) / Math.sqrt((1 - (2 * A) / k - A * A) / n);
  };

  it("samples the density it is given", () => {
    const law = rejectionLaw(3, density!, 1.3 * peak).sample(n, initial, 0);
    expect(Math.abs(score(law, kappa))).toBeLessThan(5);
    expect(Math.abs(score(law, 1.15 * kappa))).toBeGreaterThan(5);
  });

  it("refuses a bound that is none and a density well below zero", () => {
    expect(() => rejectionLaw(3, density!, 0.5 * peak).sample(n, initial, 0)).toThrow(/outside/);
    expect(() => rejectionLaw(3, (x) => x[0], 1).sample(n, initial, 0)).toThrow(/outside/);
    expect(() => rejectionLaw(3, () => NaN, 1).sample(n, initial, 0)).toThrow(/NaN/);
    expect(() => rejectionLaw(3, density!, 0)).toThrow(/bound is 0/);
  });
});

describe("harmonicLaw", () => {
  const n = 10_000;
  /* degree one and two about z on the sphere: rho = (1 + a z + b (3 z^2 - 1) / 2) / 4 pi, E z = a/3, E z^2 = 1/3 + 2b/15 */
  const [a, b] = [0.9, 0.5];
  const c = new Float64Array(9);
  c[0] = 1 / Math.sqrt(4 * Math.PI);
  c[2] = a / Math.sqrt(12 * Math.PI);
  c[6] = b / Math.sqrt(20 * Math.PI);

  it("has the density of its coefficients and tokens that follow it", () => {
    const law = harmonicLaw(3, 2, c);
    const z = 0.3;
    const rho = (1 + a * z + (b * (3 * z * z - 1)) / 2) / (4 * Math.PI);
    expect(law.density!(Float64Array.of(0, Math.sqrt(1 - z * z), z))).toBeCloseTo(rho, 15);
    const tokens = law.sample(n, initial, 4);
    let [first, second, fourth] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const v = tokens.points[3 * i + 2];
      first += v / n;
      second += (v * v) / n;
      fourth += v ** 4 / n;
    }
    expect(Math.abs(first - a / 3)).toBeLessThan(5 * Math.sqrt((second - first ** 2) / n));
    expect(Math.abs(second - 1 / 3 - (2 * b) / 15)).toBeLessThan(5 * Math.sqrt((fourth - second ** 2) / n));
    expect(Math.abs(second - 1 / 3)).toBeGreaterThan(5 * Math.sqrt((fourth - second ** 2) / n));
  });

  it("refuses coefficients of another size and a density that dips deep", () => {
    expect(() => harmonicLaw(3, 3, c)).toThrow(/9 coefficients, want 16/);
    const dipping = c.slice();
    dipping[2] *= 2;
    expect(() => harmonicLaw(3, 2, dipping).sample(n, initial, 0)).toThrow(/outside/);
    expect(() => harmonicLaw(3, 2, dipping, 0.5).sample(n, initial, 0)).not.toThrow();
  });

  it("on the circle: a cosine", () => {
    const law = harmonicLaw(
      2,
      1,
      Float64Array.of(1 / Math.sqrt(2 * Math.PI), 0, 0.8 / (2 * Math.sqrt(Math.PI))),
    );
    expect(law.density!(Float64Array.of(0.6, 0.8))).toBeCloseTo((1 + 0.8 * 0.6) / (2 * Math.PI), 15);
    const tokens = law.sample(n, initial, 5);
    let x = 0;
    for (let i = 0; i < n; i++) x += tokens.points[2 * i] / n;
    expect(Math.abs(x - 0.4)).toBeLessThan(5 * Math.sqrt(0.34 / n)); // Var x = 1/2 - 0.16
  });
});

it("kernelLaw: harmonic moments of a cloud, damped by the kernel's own", () => {
  const cloud = uniformLaw(3).sample(5, initial, 9);
  const { density } = kernelLaw(cloud, 6);
  /* int x rho = A(kappa) * mean point; nodes: Fibonacci points, whose error on so smooth a density is O(1/n) */
  const nodes = uniformLaw(3).quasi!(20_000);
  const { law, mass } = quadratureLaw(
    nodes.points,
    new Float64Array(20_000).fill((4 * Math.PI) / 20_000),
    density!,
  );
  expect(Math.abs(mass - 1)).toBeLessThan(1e-4);
  for (let a = 0; a < 3; a++) {
    let [want, found] = [0, 0];
    for (let i = 0; i < 5; i++) want += meanResultant(3, 6) * 0.2 * cloud.points[3 * i + a];
    for (let i = 0; i < 20_000; i++) found += law.weights[i] * law.points[3 * i + a];
    expect(Math.abs(found - want)).toBeLessThan(1e-4);
    expect(Math.abs(found - want / meanResultant(3, 6))).toBeGreaterThan(1e-3);
  }
});
