import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Barycentres } from "../../../src/models/attention/barycentres.js";
import { directBarycentres } from "../../../src/models/attention/direct-barycentres.js";
import { exponentialSums } from "../../../src/models/attention/exponential-sums.js";
import { stream } from "../../../src/noise/stream.js";
import { normalize } from "../../../src/sphere/retract.js";
import type { Measure } from "../../../src/types.js";
import { pairByPair, type Fault } from "./pair-by-pair.js";

interface Case {
  readonly n: number;
  readonly d: number;
  readonly M: number;
  readonly beta: number;
  readonly weights: "equal" | "uneven" | "with zeros" | "with negative ones";
  readonly draw: number;
}

const anyCase = (largest: number) =>
  fc.record<Case>({
    n: fc.integer({ min: 1, max: largest }),
    d: fc.integer({ min: 2, max: largest }),
    M: fc.integer({ min: 1, max: 3 }),
    beta: fc.constantFrom(0, 1e-9, 0.3, 1, -3, 50, 1e4),
    weights: fc.constantFrom("equal", "uneven", "with zeros", "with negative ones"),
    draw: fc.nat(1000),
  });

const numbers = stream("attention", "pairs");

/** Points, weights, key matrices, directions and matrices of values; the same for the same case. */
function make({ n, d, M, weights, draw }: Case) {
  const normals = (which: number, count: number): Float64Array => {
    const out = new Float64Array(count);
    numbers.normals(draw, which, out);
    return out;
  };
  const points = normals(0, n * d);
  normalize(points, d);
  const raw = normals(1, n).map((v, j) => {
    if (weights === "equal") return 1;
    if (weights === "with zeros" && j % 3 === 1) return 0;
    // Densities fall below zero by little.
    return weights === "with negative ones" && j % 5 === 2 ? -0.02 * Math.abs(v) : 0.2 + Math.abs(v);
  });
  const total = raw.reduce((s, v) => s + v, 0);
  const law: Measure = { count: n, dimension: d, points, weights: raw.map((v) => v / total) };
  const atoms = Array.from({ length: M }, (_, m) => normals(2 + m, d * d).map((v) => v / d));
  const directions = Array.from({ length: isTraced(d) ? d * d : 0 }, (_, e) => normals(20 + e, n * d));
  return { law, atoms, delta: normals(9, n * d), directions, c: normals(10, M), B: normals(11, M * d * d) };
}

/** Traces are d times as dear as the rest. */
const isTraced = (d: number): boolean => d <= 12;

/** Everything that barycentres say of a case. */
function everything(bary: Barycentres, made: ReturnType<typeof make>): Float64Array[] {
  const { law, atoms, delta, directions, c, B } = made;
  const { count: n, dimension: d } = law;
  const M = atoms.length;
  const vectors = Array.from({ length: 3 + M }, () => new Float64Array(n * d));
  const moved = new Float64Array(M * n * d);
  bary.freeze(law, atoms);
  const values = bary.values.slice();
  bary.derivative(delta, moved);
  bary.combine?.(c, B, vectors[0]);
  bary.combineDerivatives?.(delta, c, B, vectors[1]);
  atoms.forEach((_, m) => bary.selfDerivative(m, vectors[3 + m]));
  if (isTraced(d)) bary.tracedDerivative(M - 1, directions, vectors[2]);
  return [values, moved, ...vectors];
}

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));

const largest = (v: Float64Array): number => v.reduce((s, x) => Math.max(s, Math.abs(x)), 0);
const distance = (a: Float64Array, b: Float64Array): number => largest(a.map((v, i) => v - b[i]));
const frobenius = (A: Float64Array): number => Math.hypot(...A);

const withKernels = <T>(kernels: "simd" | "plain", of: () => T): T => {
  vi.stubEnv("COMMONNOISE_KERNELS", kernels);
  try {
    return of();
  } finally {
    vi.unstubAllEnvs();
  }
};

describe("direct barycentres", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("have the same bits in vectors and plain", () => {
    fc.assert(
      fc.property(anyCase(70), (c) => {
        const made = make(c);
        const of = (kernels: "simd" | "plain"): Float64Array[] =>
          withKernels(kernels, () => everything(directBarycentres(c.n, c.d, c.M, c.beta), made));
        const [simd, plain] = [of("simd"), of("plain")];
        simd.forEach((v, k) => expect(sameBits(v, plain[k])).toBe(true));
      }),
      { seed: 1, numRuns: 120 },
    );
  });

  it("have them also where rows come in blocks and products in pieces", () => {
    for (const [n, d] of [
      [150, 5],
      [301, 3],
      [300, 9],
    ]) {
      const c: Case = { n, d, M: 2, beta: n === 300 ? 1e3 : 2, weights: "with negative ones", draw: 5 };
      const made = make(c);
      const of = (kernels: "simd" | "plain"): Float64Array[] =>
        withKernels(kernels, () => everything(directBarycentres(n, d, 2, c.beta), made));
      const [simd, plain] = [of("simd"), of("plain")];
      simd.forEach((v, k) => expect(sameBits(v, plain[k])).toBe(true));
    }
  });

  /**
   * What rounding may do: scores are wrong by an ulp of their size times d, weights by that and n, and a derivative has the
   * scores' size as a factor once more.
   */
  const allowed = (c: Case, A: Float64Array, condition: number, scale: number): number => {
    const reach = Math.abs(c.beta) * frobenius(A);
    return 2 ** -52 * (c.n + c.d * (1 + reach)) * condition ** 2 * (1 + reach) * scale;
  };

  it("are what the formulas say, pair by pair", () => {
    fc.assert(
      fc.property(anyCase(24), (c) => {
        const made = make(c);
        const { law, atoms, delta, directions } = made;
        const bary = directBarycentres(c.n, c.d, c.M, c.beta);
        const [values, moved, , , traced, ...own] = everything(bary, made);
        atoms.forEach((A, m) => {
          const oracle = pairByPair(law, A, c.beta);
          const size = c.n * c.d;
          const part = (v: Float64Array): Float64Array => v.subarray(m * size, (m + 1) * size);
          const within = (scale: number): number => allowed(c, A, oracle.condition, scale);
          expect(distance(part(values), oracle.means)).toBeLessThan(within(1));
          expect(distance(part(moved), oracle.derivative(delta))).toBeLessThan(within(4 * c.d));
          // Two means are factors here, each as large as the condition.
          expect(distance(own[m], oracle.selfDerivative())).toBeLessThan(within(4 * oracle.condition ** 2));
          if (m === c.M - 1 && isTraced(c.d)) {
            const scale = 4 * c.d * c.d;
            expect(distance(traced, oracle.tracedDerivative(directions))).toBeLessThan(within(scale));
          }
        });
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it.each<Fault>(["beta", "the mean", "half of the score", "the weights"])(
    "would be seen to forget %s",
    (fault) => {
      const c: Case = { n: 20, d: 6, M: 1, beta: 0.7, weights: "uneven", draw: 3 };
      const made = make(c);
      const [values, moved, , , traced, own] = everything(directBarycentres(20, 6, 1, 0.7), made);
      const wrong = pairByPair(made.law, made.atoms[0], 0.7, fault);
      const bound = allowed(c, made.atoms[0], 1, 4 * 36);
      if (fault === "the weights") expect(distance(values, wrong.means)).toBeGreaterThan(1e6 * bound);
      // Without the means nothing is lost where the average of the score is zero; it is not here.
      expect(distance(moved, wrong.derivative(made.delta))).toBeGreaterThan(1e6 * bound);
      expect(distance(own, wrong.selfDerivative())).toBeGreaterThan(1e6 * bound);
      expect(distance(traced, wrong.tracedDerivative(made.directions))).toBeGreaterThan(1e6 * bound);
    },
  );

  it("combine as their values and derivatives do", () => {
    const made = make({ n: 9, d: 5, M: 3, beta: 2, weights: "uneven", draw: 8 });
    const { c, B } = made;
    c[1] = 0;
    const [values, moved, combined, combinedDerivatives] = everything(directBarycentres(9, 5, 3, 2), made);
    const sum = (v: Float64Array): Float64Array =>
      Float64Array.from({ length: 45 }, (_, k) => {
        const [i, a] = [Math.floor(k / 5), k % 5];
        let s = 0;
        for (let m = 0; m < 3; m++)
          for (let b = 0; b < 5; b++) s += c[m] * B[m * 25 + a * 5 + b] * v[m * 45 + i * 5 + b];
        return s;
      });
    expect(distance(combined, sum(values))).toBeLessThan(1e-14);
    expect(distance(combinedDerivatives, sum(moved))).toBeLessThan(1e-13);
    expect(largest(combined)).toBeGreaterThan(0.1);
    const [, , nothing] = everything(directBarycentres(9, 5, 3, 2), { ...made, c: new Float64Array(3) });
    expect(nothing).toEqual(new Float64Array(45));
  });

  it("go to the point of the largest score, of those that have weight, as beta grows", () => {
    const { law, atoms } = make({ n: 40, d: 7, M: 1, beta: 0, weights: "with zeros", draw: 4 });
    const bary = directBarycentres(40, 7, 1, 1e6);
    bary.freeze(law, atoms);
    const { means } = pairByPair(law, atoms[0], 1e6);
    expect(distance(bary.values, means)).toBeLessThan(1e-8);
    const isPoint = (i: number): boolean =>
      [...law.weights.keys()].some(
        (j) =>
          law.weights[j] > 0 &&
          distance(bary.values.subarray(7 * i, 7 * i + 7), law.points.subarray(7 * j, 7 * j + 7)) < 1e-8,
      );
    expect([...law.weights.keys()].filter(isPoint).length).toBeGreaterThan(35);
  });

  it("say nothing of a law that is not a number", () => {
    const { law, atoms } = make({ n: 12, d: 5, M: 1, beta: 1, weights: "equal", draw: 6 });
    for (const wrong of [NaN, Infinity]) {
      const bary = directBarycentres(12, 5, 1, 1);
      bary.freeze({ ...law, points: law.points.with(7, wrong) }, atoms);
      expect(bary.values.some((v) => !Number.isFinite(v))).toBe(true);
    }
  });
});

describe("exponential sums over all pairs", () => {
  const sums = (law: Measure, beta: number): Float64Array => {
    const { count, dimension } = law;
    const out = new Float64Array(count * dimension);
    exponentialSums({ dimension, count, beta, method: "direct" })(law, out);
    return out;
  };

  it("have the same bits in vectors and plain, and are the sums", () => {
    fc.assert(
      fc.property(anyCase(40), fc.constantFrom(0, 0.5, -20, 650), (c, beta) => {
        const { law } = make(c);
        const out = withKernels("simd", () => sums(law, beta));
        expect(
          sameBits(
            out,
            withKernels("plain", () => sums(law, beta)),
          ),
        ).toBe(true);
        const { count: n, dimension: d, points: y, weights } = law;
        for (let i = 0; i < n; i++) {
          const sum = new Float64Array(d);
          let size = 0;
          for (let j = 0; j < n; j++) {
            let s = 0;
            for (let a = 0; a < d; a++) s += y[i * d + a] * y[j * d + a];
            const p = weights[j] * Math.exp(beta * s);
            size += Math.abs(p);
            for (let a = 0; a < d; a++) sum[a] += p * y[j * d + a];
          }
          const bound = 2 ** -52 * (n + d * (1 + Math.abs(beta))) * size;
          expect(distance(out.subarray(i * d, i * d + d), sum)).toBeLessThanOrEqual(bound);
        }
      }),
      { seed: 3, numRuns: 80 },
    );
  });

  it("are no number where the points leave the sphere so far that a power overflows", () => {
    const { law } = make({ n: 6, d: 4, M: 1, beta: 0, weights: "equal", draw: 1 });
    expect(sums({ ...law, points: law.points.map((v) => 40 * v) }, 1)).toEqual(
      new Float64Array(24).fill(NaN),
    );
  });
});
