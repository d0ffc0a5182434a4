import { exp } from "../../numerics/exp.js";
import { scaledBessel } from "../../numerics/bessel.js";
import { degreeNeeded } from "../../spectral/degree-needed.js";
import { harmonicIsCheaper } from "../../spectral/harmonic-cost.js";
import { planHarmonics } from "../../spectral/harmonics.js";
import type { Measure } from "../../types.js";
import { planPairSums } from "./direct/pair-sums.js";
import { planMemory } from "./kernels/memory.js";
import { pack, read, whole } from "./kernels/panels.js";

/** "auto" takes harmonics in dimension 2 and 3 where they are cheaper. */
export type ExponentialMethod = "auto" | "direct" | "harmonic";

export interface ExponentialOptions {
  /** d */
  readonly dimension: number;
  /** n, the number of points of the laws. */
  readonly count: number;
  readonly beta: number;
  readonly method?: ExponentialMethod;
}

/** e^700 is close to the largest double. */
const LARGEST = 700;

/** Truncation of the Funk–Hecke sum, relative to its first term. */
const TOLERANCE = 1e-16;

/**
 * out[n,d] = ∫ e^{beta <x_i, y>} y mu(dy) at the law's own points: pair by pair in any dimension, or by Funk–Hecke in
 * d = 2, 3,
 *
 *     ∫ e^{beta <x,y>} f(y) mu(dy) = |S^{d-1}| sum_l lambda_l(beta) sum_m f_lm Y_lm(x),  f = y_1 … y_d,
 *
 * O(n l^2), whose error is 1e-15 of the largest value e^|beta| that an entry can have.
 */
export function exponentialSums(options: ExponentialOptions): (law: Measure, out: Float64Array) => void {
  const { dimension: d, count: n, beta, method = "auto" } = options;
  if (!(Math.abs(beta) <= LARGEST)) {
    throw new RangeError(
      `beta: ${beta}, want at most ${LARGEST} in size: exp(beta <x, y>) is not normalized here`,
    );
  }
  const kappa = Math.abs(beta);
  if (d !== 2 && d !== 3) {
    if (method === "harmonic") throw new RangeError(`harmonic sums exist in dimension 2 and 3, not ${d}`);
    return direct(d, n, beta);
  }
  const degree = degreeNeeded(d, kappa, TOLERANCE);
  if (method === "direct" || (method === "auto" && !harmonicIsCheaper(d, n, degree)))
    return direct(d, n, beta);
  return harmonic(d, n, beta, degree);
}

function direct(d: number, n: number, beta: number): (law: Measure, out: Float64Array) => void {
  const memory = planMemory();
  const pairs = planPairSums(memory, n, d);
  const stride = 4 * whole(d);
  const u = memory.reserve(whole(n) * whole(d));
  const sums = memory.reserve(whole(n) * whole(d));
  const result = memory.reserve(n * d);
  const inBaseTwo = beta * Math.LOG2E;
  return (law, out) => {
    const { numbers, unpack } = memory.open();
    // Nothing is left of these sums where a power overflows.
    if (!(Math.abs(inBaseTwo) * pairs.load(law) <= 1021)) return void out.fill(NaN);
    pack(law.points, n, d, inBaseTwo, numbers, u, stride);
    pairs.average(u, sums, stride, false);
    unpack(sums, stride, d, n, result);
    read(numbers, result, n * d, out, 0);
  };
}

function harmonic(
  d: 2 | 3,
  n: number,
  beta: number,
  degree: number,
): (law: Measure, out: Float64Array) => void {
  const { size, values } = planHarmonics(d, degree);
  const Y = new Float64Array(size);
  const moments = new Float64Array(d * size);
  const eigenvalues = new Float64Array(degree + 1);
  scaledBessel(d, Math.abs(beta), degree, eigenvalues);
  const scale = 2 * (d - 1) * Math.PI * exp(Math.abs(beta));
  const degreeOf = Int32Array.from({ length: size }, (_, q) =>
    d === 3 ? Math.floor(Math.sqrt(q)) : Math.ceil(q / 2),
  );
  // e^{-kappa <x,y>} tilts to the other side, where Y_l has the sign (-1)^l.
  const factors = Float64Array.from(
    degreeOf,
    (l) => scale * eigenvalues[l] * (beta < 0 && l % 2 === 1 ? -1 : 1),
  );

  return ({ points, weights }, out) => {
    moments.fill(0);
    for (let j = 0; j < n; j++) {
      values(points, j * d, Y);
      for (let a = 0; a < d; a++) {
        const w = weights[j] * points[j * d + a];
        for (let q = 0; q < size; q++) moments[a * size + q] += w * Y[q];
      }
    }
    for (let a = 0; a < d; a++) for (let q = 0; q < size; q++) moments[a * size + q] *= factors[q];
    for (let i = 0; i < n; i++) {
      values(points, i * d, Y);
      for (let a = 0; a < d; a++) {
        let s = 0;
        for (let q = 0; q < size; q++) s += moments[a * size + q] * Y[q];
        out[i * d + a] = s;
      }
    }
  };
}
