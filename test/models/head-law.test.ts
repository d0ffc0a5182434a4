import { describe, expect, it } from "vitest";
import type { Entries } from "../../src/models/heads/entries.js";
import { givenHeads } from "../../src/models/heads/given-heads.js";
import { drawHeads } from "../../src/models/heads/head.js";
import { independentHeads } from "../../src/models/heads/independent-heads.js";
import type { HeadLaw } from "../../src/models/heads/gaussian-heads.js";
import {
  independentPerceptron,
  type IndependentPerceptron,
  type PerceptronLaw,
} from "../../src/models/heads/perceptron.js";

const d = 3;
const meanV = Float64Array.from([1, 0.5, 0, -0.5, 1, 0, 0, 0, 2]);
const meanA = Float64Array.from({ length: 9 }, (_, e) => 0.1 * e);
const laplace: Entries = {
  name: "laplace",
  source: "uniform",
  of: (u) => (Math.sign(u - 0.5) * -Math.log(1 - 2 * Math.abs(u - 0.5))) / Math.SQRT2,
};

/** Largest deviation of entrywise mean and variance from what the law states, in standard errors. */
function deviation(law: HeadLaw, samples: number, variances: { V: number; A: number }): number {
  const { meanV, meanA } = law.moments!;
  const V = new Float64Array(9);
  const A = new Float64Array(9);
  const power = Array.from({ length: 5 }, () => new Float64Array(18));
  for (let s = 0; s < samples; s++) {
    law.sample(0, s, 0, V, A);
    for (let e = 0; e < 18; e++) {
      const v = e < 9 ? V[e] - meanV[e] : A[e - 9] - meanA[e - 9];
      for (let p = 1; p <= 4; p++) power[p][e] += v ** p / samples;
    }
  }
  let worst = 0;
  for (let e = 0; e < 18; e++) {
    const variance = e < 9 ? variances.V : variances.A;
    const ofMean = Math.sqrt(variance / samples);
    const ofSquare = Math.sqrt(Math.max(0, power[4][e] - power[2][e] ** 2) / samples) + 1e-12;
    worst = Math.max(worst, Math.abs(power[1][e]) / ofMean, Math.abs(power[2][e] - variance) / ofSquare);
  }
  return worst;
}

describe("independent heads", () => {
  for (const entries of ["gaussian", "rademacher", "uniform", laplace] as const) {
    for (const factors of [1, 2] as const) {
      const label = typeof entries === "string" ? entries : entries.name;
      const law = independentHeads({
        dimension: d,
        entries,
        V: { sigma: 0.7, mean: meanV },
        A: { sigma: 0.8, mean: meanA, factors },
        seed: "heads",
      });

      it(`${label}, ${factors} factors: means and variances are the stated ones`, () => {
        const { varianceV: V, varianceA: A } = law.moments!;
        expect(V).toBeCloseTo(0.49, 12);
        expect(A).toBeCloseTo(factors === 1 ? 0.64 : d * 0.8 ** 4, 12);
        expect(deviation(law, 8000, { V, A })).toBeLessThan(5.5);
        expect(deviation(law, 8000, { V: 0.7, A })).toBeGreaterThan(10);
      });
    }
  }

  it("says whether the drift vanishes", () => {
    const make = (mean?: Float64Array) =>
      independentHeads({ dimension: d, V: { sigma: 1, mean }, A: { sigma: 1, mean: meanA }, seed: "s" });
    expect(make().moments!.centred).toBe(true);
    expect(make(meanV).moments!.centred).toBe(false);
  });

  it("refuses a mean of the wrong size", () => {
    expect(() =>
      independentHeads({ dimension: 2, V: { sigma: 1, mean: meanV }, A: { sigma: 1 }, seed: "s" }),
    ).toThrow("V.mean: has 9 entries, want 4");
    expect(() => independentHeads({ dimension: 2, V: { sigma: -1 }, A: { sigma: 1 }, seed: "s" })).toThrow(
      "V.sigma: -1",
    );
  });
});

describe("given heads", () => {
  const law = (build: (z: Float64Array, u: Float64Array, V: Float64Array, A: Float64Array) => void) =>
    givenHeads({ name: "mine", dimension: 2, normals: 1, uniforms: 1, build, seed: "s" });

  it("are functions of (path, layer, head)", () => {
    const mine = law((z, u, V, A) => {
      V.fill(z[0]);
      A.fill(u[0]);
    });
    const draw = (path: number, layer: number, head: number): number[] => {
      const V = new Float64Array(4);
      const A = new Float64Array(4);
      mine.sample(path, layer, head, V, A);
      return [V[0], A[0]];
    };
    expect(draw(0, 1, 2)).toEqual(draw(0, 1, 2));
    const all = [draw(0, 0, 0), draw(1, 0, 0), draw(0, 1, 0), draw(0, 0, 1)];
    expect(new Set(all.map(([v]) => v)).size).toBe(4);
    expect(new Set(all.map(([, a]) => a)).size).toBe(4);
  });

  it("names what is not finite", () => {
    const broken = law((_z, _u, V, A) => {
      V.fill(0);
      A.fill(0);
      A[3] = NaN;
    });
    expect(() => drawHeads(broken, 1)).toThrow('heads "mine": build wrote NaN into A[3]');
  });
});

describe("a perceptron block", () => {
  const width = 4;
  const means = {
    W2: Float64Array.from({ length: d * width }, (_, e) => 0.5 - 0.1 * e),
    W1: Float64Array.from({ length: width * d }, (_, e) => 2 + e),
    b: Float64Array.from({ length: width }, (_, e) => -e),
  };
  const sigma = { W2: 0.3, W1: 0.7, b: 1.1 };
  const block = (more: Partial<IndependentPerceptron> = {}) =>
    independentPerceptron({ dimension: d, width, sigma, seed: "block", ...more });

  it("has entries one deviation of its own from its own means, of either sign alike and independent", () => {
    const law = block({ entries: "rademacher", mean: means });
    const out = { W2: new Float64Array(12), W1: new Float64Array(12), b: new Float64Array(4) };
    const above = { W2: 0, W1: 0, b: 0 };
    let [alike, pairs] = [0, 0];
    const draws = 400;
    for (let layer = 0; layer < draws; layer++) {
      law.sample(1, layer, 2, out.W2, out.W1, out.b);
      for (const name of ["W2", "W1", "b"] as const) {
        out[name].forEach((v, e) => {
          const off = v - means[name][e];
          expect(Math.abs(off)).toBeCloseTo(sigma[name], 13);
          if (off > 0) above[name]++;
        });
      }
      const sign = (name: "W2" | "W1" | "b", e: number): boolean => out[name][e] > means[name][e];
      for (let e = 0; e < 12; e++, pairs += 2) {
        alike += Number(sign("W2", e) === sign("W1", e)) + Number(sign("W1", e) === sign("b", e % width));
      }
    }
    expect(Math.abs(alike - pairs / 2)).toBeLessThan(2.5 * Math.sqrt(pairs));
    for (const name of ["W2", "W1", "b"] as const) {
      const count = draws * means[name].length;
      expect(Math.abs(above[name] - count / 2)).toBeLessThan(2.5 * Math.sqrt(count));
    }
  });

  it("is centred while E W2 = 0, and the heads that carry it are with E V = 0", () => {
    expect(block().centred).toBe(true);
    expect(block({ mean: { ...means, W2: new Float64Array(12) } }).centred).toBe(true);
    expect(block({ mean: { W2: means.W2 } }).centred).toBe(false);
    const carried = (perceptron: PerceptronLaw) =>
      independentHeads({ dimension: d, V: { sigma: 1 }, A: { sigma: 1 }, perceptron, seed: "s" }).moments!
        .centred;
    expect(carried(block())).toBe(true);
    expect(carried(block({ mean: { W2: means.W2 } }))).toBe(false);
  });
});

describe("drawn heads", () => {
  it("carry the perceptron block, and differ between draws", () => {
    const perceptron = independentPerceptron({
      dimension: d,
      width: 5,
      sigma: { W2: 1, W1: 1, b: 0.1 },
      seed: "s",
    });
    const law = independentHeads({ dimension: d, V: { sigma: 1 }, A: { sigma: 1 }, perceptron, seed: "s" });
    const [one, two] = drawHeads(law, 2);
    const [other] = drawHeads(law, 1, 1);
    expect(one.perceptron!.W2).toHaveLength(15);
    expect(new Set([one, two, other].map(({ V }) => V[0])).size).toBe(3);
    expect(new Set([one, two, other].map((h) => h.perceptron!.b[0])).size).toBe(3);
    expect(drawHeads(law, 2)[1].V).toEqual(two.V);
  });
});
