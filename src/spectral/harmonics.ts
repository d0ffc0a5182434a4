import type { Measure } from "../types.js";
import { harmonicCount, requireDegree } from "./kernels/harmonic-index.js";
import { planSolidRecursion } from "./kernels/solid-harmonics.js";

/** All real harmonics of degree at most lmax at arbitrary unit vectors, in the order of the transforms. */
export interface PointHarmonics {
  readonly dimension: 2 | 3;
  readonly lmax: number;
  readonly size: number;
  /** out[size] = the harmonics at the unit vector points[offset .. offset + d). */
  values(points: Float64Array, offset: number, out: Float64Array): void;
  /** out[size] = integral of every harmonic against the law: sum_j w_j Y(y_j). */
  moments(law: Measure, out: Float64Array): void;
}

/**
 * Plans harmonics at single points, d = 2 or 3, by recursions in the Cartesian coordinates: no trigonometric function.
 * Throws a RangeError on another d, or lmax above 1400.
 */
export function planHarmonics(dimension: number, lmax: number): PointHarmonics {
  requireDegree("planHarmonics", lmax);
  if (dimension !== 2 && dimension !== 3)
    throw new RangeError(`planHarmonics: dimension must be 2 or 3, got ${dimension}.`);
  const values = dimension === 2 ? onCircle(lmax) : onSphere(lmax);
  const size = harmonicCount(dimension, lmax);
  const single = new Float64Array(size);
  return {
    dimension,
    lmax,
    size,
    values,
    moments(law, out) {
      if (law.dimension !== dimension)
        throw new RangeError(`moments: the law lives in dimension ${law.dimension}, want ${dimension}.`);
      out.fill(0);
      for (let j = 0; j < law.count; j++) {
        values(law.points, j * dimension, single);
        const w = law.weights[j];
        for (let i = 0; i < size; i++) out[i] += w * single[i];
      }
    },
  };
}

/** out[size] = harmonic moments of a law on the circle or the sphere; plan once with planHarmonics when called often. */
export function moments(law: Measure, lmax: number, out: Float64Array): void {
  planHarmonics(law.dimension, lmax).moments(law, out);
}

function onCircle(lmax: number): PointHarmonics["values"] {
  const factor = 1 / Math.sqrt(Math.PI);
  return (points, offset, out) => {
    const x = points[offset];
    const y = points[offset + 1];
    out[0] = factor * Math.SQRT1_2;
    let c = factor;
    let s = 0;
    for (let l = 1; l <= lmax; l++) {
      const next = c * x - s * y;
      s = c * y + s * x;
      c = next;
      out[2 * l - 1] = s;
      out[2 * l] = c;
    }
  };
}

function onSphere(lmax: number): PointHarmonics["values"] {
  const { diagonal, start, steps } = planSolidRecursion(lmax);
  return (points, offset, out) => {
    const x = points[offset];
    const y = points[offset + 1];
    const z = points[offset + 2];
    let c = 1;
    let s = 0;
    for (let m = 0; m <= lmax; m++) {
      let q = diagonal[m];
      let past = 0;
      let at = start[m];
      for (let l = m; l <= lmax; l++) {
        const centre = l * l + l;
        out[centre - m] = q * s;
        out[centre + m] = q * c;
        const next = steps[at] * z * q - steps[at + 1] * past;
        past = q;
        q = next;
        at += 2;
      }
      const turned = c * x - s * y;
      s = c * y + s * x;
      c = turned;
    }
  };
}
