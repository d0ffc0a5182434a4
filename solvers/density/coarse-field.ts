import { planFieldInterpolation, type FieldNorms } from "../../src/spectral/interpolate-field.js";
import { oppositeHalves } from "../../src/spectral/opposite-halves.js";
import { planCircle } from "../../src/spectral/circle-transform.js";
import { planSphere } from "../../src/spectral/sphere-transform.js";
import type { Diagnostics, HarmonicTransform, Interval, Measure, Model } from "../../src/types.js";
import { frozenField } from "../schemes/frozen-field.js";

/** The field of one step on the nodes of a finer transform, by way of its harmonics up to a degree. */
export interface CoarseField {
  readonly degree: number;
  /** How many nodes the model is asked at. */
  readonly count: number;
  start(interval: Interval): void;
  /** out[n,d] = the field under the density with these coefficients. */
  velocity(coefficients: Float64Array, out: Float64Array): FieldNorms;
  diagnostics(): Diagnostics;
}

/**
 * The model is asked on the smallest grid that integrates products of two functions of this degree, under the density's
 * harmonics up to it: its values there are the law's points and weights. That is exact for a field of this degree which
 * sees the law through functions of no higher one; both hold, as well as the tail says, for sums of e^{beta <Ax,y>},
 * which as a function of x and of y has the same degrees (Funk-Hecke).
 */
export function coarseField(model: Model, degree: number, fine: HarmonicTransform): CoarseField {
  const d = fine.dimension;
  const coarse =
    d === 2
      ? planCircle({ lmax: degree, count: 2 * degree + 1 })
      : planSphere({ lmax: degree, nlat: degree + 1, nlon: 2 * degree + 1 });
  const { count, size, nodes, weights } = coarse;
  const interpolation = planFieldInterpolation(coarse, fine);
  const field = frozenField(model, count);
  const order = oppositeHalves(nodes, d);
  const law: Measure = {
    count,
    dimension: d,
    points: Float64Array.from({ length: count * d }, (_, i) => nodes[order[Math.floor(i / d)] * d + (i % d)]),
    weights: new Float64Array(count),
  };
  const density = new Float64Array(count);
  const found = new Float64Array(count * d);
  const values = new Float64Array(count * d);
  return {
    degree,
    count,
    start: (interval) => field.start(interval, null),
    velocity(coefficients, out) {
      // lower degrees come first in every transform's order
      coarse.synthesis(coefficients.subarray(0, size), density);
      for (let i = 0; i < count; i++) law.weights[i] = density[order[i]] * weights[order[i]];
      field.velocity(law, found);
      for (let i = 0; i < count; i++) {
        for (let a = 0; a < d; a++) values[order[i] * d + a] = found[i * d + a];
      }
      return interpolation.apply(values, out);
    },
    diagnostics: () => field.diagnostics(),
  };
}
