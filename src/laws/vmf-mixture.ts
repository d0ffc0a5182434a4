import { numbersOf, type NumbersLike } from "../numerics/rows.js";
import { wrap } from "../sphere/measure.js";
import type { Stream } from "../types.js";
import { spread } from "./low-discrepancy.js";
import { checkCount, checkDimension, type InitialLaw } from "./law.js";
import { polarQuantile } from "./polar-quantile.js";
import { checkKappa, logPeakDensity } from "./von-mises-fisher.js";
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
 * low-discrepancy points, whose weights keep the components' masses exact. RangeErrors name the faulty component.
 */
export function vmfMixture(dimension: number, components: readonly VmfComponent[]): InitialLaw {
  checkDimension("vmfMixture", dimension);
  checkComponents(dimension, components);
  const d = dimension;
  const means = components.map(({ mean }) => Float64Array.from(numbersOf(mean)));
  const peaks = components.map(({ kappa }) => Math.exp(logPeakDensity(d, kappa)));
  const samplers = components.map(({ kappa }) => cosineSampler(d, kappa));
  return {
    name: "vmf",
    dimension,
    density(x, offset = 0) {
      let rho = 0;
      for (let c = 0; c < components.length; c++) {
        let square = 0;
        for (let a = 0; a < d; a++) square += (x[offset + a] - means[c][a]) ** 2;
        /* <mean, x> - 1 = -|x - mean|^2 / 2 keeps its digits when kappa is large */
        rho += components[c].weight * peaks[c] * Math.exp((-components[c].kappa * square) / 2);
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
  };
}

function checkComponents(d: number, components: readonly VmfComponent[]): void {
  if (components.length === 0) throw new RangeError("vmfMixture: no components, want at least one");
  let sum = 0;
  components.forEach(({ weight, kappa, ...component }, c) => {
    const mean = numbersOf(component.mean);
    if (!(weight > 0)) throw new RangeError(`vmfMixture: components[${c}].weight is ${weight}, want above 0`);
    checkKappa(kappa);
    const norm = Math.hypot(...Array.from(mean));
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

/**
 * In place: the orthogonal map that takes e_1 to `mean`: the first coordinate times -s, then the reflection along
 * mean + s e_1, s the sign of mean_1 (so nothing cancels).
 */
function turnTo(mean: Float64Array, x: Float64Array): void {
  const s = mean[0] < 0 ? -1 : 1;
  x[0] *= -s;
  let dot = s * x[0];
  for (let a = 0; a < x.length; a++) dot += mean[a] * x[a];
  const c = dot / (1 + Math.abs(mean[0]));
  for (let a = 0; a < x.length; a++) x[a] -= c * mean[a];
  x[0] -= c * s;
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
