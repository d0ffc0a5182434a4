import { exp } from "../numerics/exp.js";
import { hypot } from "../numerics/hypot.js";
import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import { square } from "../numerics/square.js";
import { degreesAndOrders } from "../spectral/kernels/harmonic-index.js";
import { planHarmonics } from "../spectral/harmonics.js";
import { wrap } from "../sphere/measure.js";
import type { Measure, Stream } from "../types.js";
import { spread } from "./low-discrepancy.js";
import { checkCount, checkDimension, type InitialLaw } from "./law.js";
import { polarQuantile } from "./polar-quantile.js";
import { polarRule } from "./polar-rule.js";
import { turnTo } from "./turn-to.js";
import { checkKappa, logPeakDensity, zonalMoments } from "./von-mises-fisher.js";
import { cosineSampler, type CosineSampler } from "./wood.js";

export interface VmfComponent {
  readonly weight: number;
  /** Concentration, from 0 (uniform) up. */
  readonly kappa: number;
  /** [d], a unit vector; it does not matter when kappa = 0. */
  readonly mean: NumbersLike;
}

/**
 * A mixture of von Mises-Fisher laws on S^{d-1} with densities C_d(kappa) exp(kappa <mean, x>); weights sum to one.
 * Tokens are exact draws (Ulrich 1984 for d = 3, Wood 1994 otherwise); `quasi` gives every component its share of
 * low-discrepancy points, whose weights keep the components' masses exact, and `quadrature` the same number of nodes of a
 * rule about its mean (never below a few hundred on the sphere, some dozens on the circle). RangeErrors name the faulty
 * component.
 */
export function vmfMixture(dimension: number, components: readonly VmfComponent[]): InitialLaw {
  checkDimension("vmfMixture", dimension);
  checkComponents(dimension, components);
  const d = dimension;
  const means = components.map(({ mean }) => Float64Array.from(numbersOf(mean)));
  const logPeaks = components.map(({ kappa }) => logPeakDensity(d, kappa));
  const peaks = logPeaks.map(exp);
  const samplers = components.map(({ kappa }) => cosineSampler(d, kappa));
  return {
    name: "vmf",
    dimension,
    density(x, offset = 0) {
      let rho = 0;
      for (let c = 0; c < components.length; c++) {
        let apart = 0;
        for (let a = 0; a < d; a++) apart += square(x[offset + a] - means[c][a]);
        /* <mean, x> - 1 = -|x - mean|^2 / 2 keeps its digits when kappa is large */
        const fall = (-components[c].kappa * apart) / 2;
        /* a peak beyond the doubles may still fall to a number */
        const bump = peaks[c] < Infinity ? peaks[c] * exp(fall) : exp(logPeaks[c] + fall);
        rho += components[c].weight * bump;
      }
      return rho;
    },
    sample(n, stream, path) {
      checkCount("vmfMixture", n);
      const points = new Float64Array(n * d);
      const choice = new Float64Array(1);
      for (let i = 0; i < n; i++) {
        stream.uniforms(path, i, choice);
        const c = pick(components, choice[0]);
        drawAbout(means[c], samplers[c], stream, path, i, points.subarray(i * d, (i + 1) * d));
      }
      return wrap(points, d);
    },
    quasi(n) {
      checkCount("vmfMixture", n);
      const counts = shares(components, n);
      const points = new Float64Array(n * d);
      const weights = new Float64Array(n);
      let first = 0;
      components.forEach(({ weight, kappa }, c) => {
        const part = points.subarray(first * d, (first + counts[c]) * d);
        spread(d, counts[c], polarQuantile(d, kappa), part);
        for (let o = 0; o < part.length; o += d) turnTo(means[c], part.subarray(o, o + d));
        weights.fill(weight / counts[c], first, first + counts[c]);
        first += counts[c];
      });
      return wrap(points, d, weights);
    },
    ...((d === 2 || d === 3) && {
      quadrature: (n: number) => quadrature(d, components, means, n),
      moments: (lmax: number) => moments(d, components, means, lmax),
    }),
  };
}

/** Every component's own rule about its mean, with equal parts of the n nodes and its weight. */
function quadrature(
  d: 2 | 3,
  components: readonly VmfComponent[],
  means: readonly Float64Array[],
  n: number,
): Measure {
  checkCount("vmfMixture", n);
  const rules = components.map(({ kappa }) => polarRule(d, kappa, Math.ceil(n / components.length)));
  const count = rules.reduce((sum, { weights }) => sum + weights.length, 0);
  const points = new Float64Array(count * d);
  const weights = new Float64Array(count);
  let first = 0;
  rules.forEach((rule, c) => {
    for (let o = 0; o < rule.points.length; o += d) turnTo(means[c], rule.points.subarray(o, o + d));
    points.set(rule.points, first * d);
    weights.set(
      rule.weights.map((w) => components[c].weight * w),
      first,
    );
    first += rule.weights.length;
  });
  return wrap(points, d, weights);
}

/** E Y_lm = sum_c w_c Y_lm(mean_c) I_{d/2-1+l}(kappa_c) / I_{d/2-1}(kappa_c) (Funk-Hecke). */
function moments(
  d: 2 | 3,
  components: readonly VmfComponent[],
  means: readonly Float64Array[],
  lmax: number,
): Float64Array {
  const harmonics = planHarmonics(d, lmax);
  const { degrees } = degreesAndOrders(d, lmax);
  const values = new Float64Array(harmonics.size);
  const out = new Float64Array(harmonics.size);
  components.forEach(({ weight, kappa }, c) => {
    harmonics.values(means[c], 0, values);
    const ratios = zonalMoments(d, kappa, lmax);
    for (let q = 0; q < out.length; q++) out[q] += weight * ratios[degrees[q]] * values[q];
  });
  return out;
}

function checkComponents(d: number, components: readonly VmfComponent[]): void {
  if (components.length === 0) throw new RangeError("vmfMixture: no components, want at least one");
  let sum = 0;
  components.forEach(({ weight, kappa, ...component }, c) => {
    const mean = numbersOf(component.mean);
    if (!(weight > 0)) throw new RangeError(`vmfMixture: components[${c}].weight is ${weight}, want above 0`);
    checkKappa(kappa);
    const norm = hypot(...Array.from(mean));
    if (mean.length !== d || !(Math.abs(norm - 1) < 1e-9))
      throw new RangeError(
        `vmfMixture: components[${c}].mean has ${mean.length} numbers and length ${norm}, want a unit vector of R^${d}`,
      );
    sum += weight;
  });
  if (!(Math.abs(sum - 1) < 1e-9)) throw new RangeError(`vmfMixture: weights sum to ${sum}, want 1`);
}

function pick(components: readonly VmfComponent[], u: number): number {
  let c = 0;
  for (
    let below = components[0].weight;
    u >= below && c < components.length - 1;
    below += components[c].weight
  )
    c++;
  return c;
}

/** Token i: cosine with the mean from the sampler, direction about the mean uniform. */
function drawAbout(
  mean: Float64Array,
  cosine: CosineSampler,
  stream: Stream,
  path: number,
  token: number,
  out: Float64Array,
): void {
  const s = cosine(stream, path, token, out);
  const r = Math.sqrt(s * (2 - s));
  let norm = 0;
  for (let a = 1; a < out.length; a++) norm += out[a] * out[a];
  const scale = r / Math.sqrt(norm);
  for (let a = 1; a < out.length; a++) out[a] *= scale;
  out[0] = 1 - s;
  turnTo(mean, out);
}

/** n places for components in proportion to their weights, at least one each (largest remainders). */
function shares(components: readonly VmfComponent[], n: number): number[] {
  if (n < components.length)
    throw new RangeError(`vmfMixture: ${n} points cannot serve ${components.length} components`);
  const counts = components.map(({ weight }) => Math.max(1, Math.floor(weight * n)));
  const want = (c: number): number => components[c].weight * n - counts[c];
  const order = (better: (a: number, b: number) => boolean): number =>
    counts.reduce((best, _, c) => (better(want(c), want(best)) ? c : best), 0);
  for (let left = n - counts.reduce((a, b) => a + b, 0); left !== 0; left -= Math.sign(left)) {
    if (left > 0) counts[order((a, b) => a > b)]++;
    else counts[order((a, b) => a < b)]--;
  }
  return counts;
}
