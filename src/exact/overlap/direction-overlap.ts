import { stream } from "../../noise/stream.js";
import { exp } from "../../numerics/exp.js";
import { atanh, tanh } from "../../numerics/hyperbolic.js";
import { log } from "../../numerics/log.js";
import { log1p } from "../../numerics/log1p.js";
import { correlatedProducts } from "./correlated-products.js";
import { tally } from "./tally.js";

/** 2F1(1/2, 1/2; c; z), c > 1, 0 <= z <= 1, by its series. */
function halfHalf(c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; Math.abs(term) > 1e-16 * sum && k < 1e6; k++) {
    term *= ((k + 0.5) * (k + 0.5) * z) / ((c + k) * (k + 1));
    sum += term;
  }
  return sum;
}

/**
 * E cos(Wx, Wy) for a d x d Gaussian W and unit x, y with <x,y> = R:
 * (2/d) (Gamma((d+1)/2) / Gamma(d/2))^2 R 2F1(1/2, 1/2; d/2+1; R^2) = R + (R^3 - R)/(2d) + O(1/d^2)
 * (mean sample correlation without centring; Hotelling 1953).
 */
export function gaussianCosine(dimension: number, R: number): number {
  // Gamma((d+1)/2)/Gamma(d/2) by r(1) = 1/sqrt(pi), r(d+1) = d/(2 r(d)).
  let ratio = 1 / Math.sqrt(Math.PI);
  for (let d = 1; d < dimension; d++) ratio = d / (2 * ratio);
  return ((2 * ratio * ratio) / dimension) * R * halfHalf(dimension / 2 + 1, R * R);
}

/**
 * E cos(Ax, Ay) for A a product of independent Gaussian d x d factors, each acting on directions as the one before left
 * them. The density of the cosine after one factor is Hotelling's (1953) with d degrees of freedom,
 * proportional to (1-r^2)^{(d-3)/2} (1-Rr)^{1/2-d} 2F1(1/2, 1/2; d+1/2; (1+Rr)/2); one more factor is one more average.
 */
export function directionCosine(dimension: number, R: number, factors: 1 | 2): number {
  const d = dimension;
  if (!(Number.isInteger(d) && d >= 2))
    throw new RangeError(`dimension: ${d}, want a whole number of at least 2`);
  if (!(Math.abs(R) < 1)) throw new RangeError(`R: an overlap of ${R}; want one between -1 and 1`);
  if (factors === 1) return gaussianCosine(d, R);
  // In w = artanh r the density is smooth with a width of d^{-1/2} and tails e^{-(d-1)|w|}: trapezoidal rule.
  const reach = 12 / Math.sqrt(d) + 40 / (d - 1);
  const cosines = Float64Array.from({ length: NODES }, (_, i) =>
    tanh(atanh(R) + reach * (-1 + (2 * i) / (NODES - 1))),
  );
  const logs = cosines.map(
    (r) =>
      0.5 * (d - 1) * log1p(-r * r) + (0.5 - d) * log1p(-R * r) + log(halfHalf(d + 0.5, (1 + R * r) / 2)),
  );
  const largest = Math.max(...logs);
  let mass = 0;
  let mean = 0;
  logs.forEach((value, i) => {
    const w = exp(value - largest);
    if (w < NEGLIGIBLE) return;
    mass += w;
    mean += w * gaussianCosine(d, cosines[i]);
  });
  return mean / mass;
}

const NODES = 401;
const NEGLIGIBLE = 1e-17;

/** c in E cos(Ax, Ay) = R + c (R^3 - R)/d, exactly at this d and R. Its limit as d -> infinity is factors / 2. */
export function directionCurvature(dimension: number, R: number, factors: 1 | 2): number {
  return (dimension * (directionCosine(dimension, R, factors) - R)) / (R * R * R - R);
}

export interface CurvatureMeasurement {
  readonly dimension: number;
  /** <x, y> */
  readonly overlap: number;
  readonly factors: 1 | 2;
  readonly samples: number;
  readonly seed: string;
}

/**
 * c by Monte Carlo from the factors themselves: u = Wx, v = Wy are Gaussian with correlation R (and again, with the
 * correlation found, for the next factor). The linearization <u,v>/d - R - (R/2)(|u|^2/d - 1) - (R/2)(|v|^2/d - 1) has
 * mean zero and carries all fluctuations of order d^{-1/2}; it is subtracted at every factor.
 */
export function measureCurvature(options: CurvatureMeasurement): { c: number; standardError: number } {
  const { dimension: d, overlap, factors, samples, seed } = options;
  if (!(Math.abs(overlap) < 1 && overlap !== 0))
    throw new RangeError(`overlap: ${overlap}, want 0 < |R| < 1`);
  const source = stream(seed, "curvature");
  const draws = new Float64Array(2 * d);
  const estimate = tally(1);
  for (let s = 0; s < samples; s++) {
    let R = overlap;
    let controlled = 0;
    for (let factor = 0; factor < factors; factor++) {
      source.normals(factor, s, draws);
      const { uu, uv, vv } = correlatedProducts(draws, 0, d, R);
      const next = uv / Math.sqrt(uu * vv);
      controlled += next - R - (uv / d - R) + (R / 2) * ((uu + vv) / d - 2);
      R = next;
    }
    estimate.add(0, (d * controlled) / (overlap * overlap * overlap - overlap));
  }
  const [[c], [standardError]] = estimate.result(samples);
  return { c, standardError };
}
