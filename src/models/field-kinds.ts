import type { Measure } from "../types.js";

/**
 * A vector field at one point. `x` [d] is the point, `statistic` what the model computed from the law this step, `law`
 * the law itself; the value goes into `out` [d], which is zero before. On the sphere it need not be tangent: it is projected.
 */
export type PointwiseField = (
  x: Float64Array,
  out: Float64Array,
  statistic: Float64Array,
  law: Measure,
) => void;

/**
 * Its derivative along `along` [d], in ambient coordinates, while the statistic moves along `statisticAlong`. It is not given
 * the law: a field that looks at the law itself moves with all its points, and is differenced, or gives its derivative for the
 * ensemble.
 */
export type PointwiseDerivative = (
  x: Float64Array,
  along: Float64Array,
  out: Float64Array,
  statistic: Float64Array,
  statisticAlong: Float64Array,
) => void;

/** A vector field at all `points` [n,d] at once, those of the law; its values go into `out` [n,d], which is zero before. */
export type EnsembleField = (
  points: Float64Array,
  out: Float64Array,
  statistic: Float64Array,
  law: Measure,
) => void;

/** Its derivative while all points, and the law with them, move along `along` [n,d] and the statistic along `statisticAlong`. */
export type EnsembleDerivative = (
  points: Float64Array,
  along: Float64Array,
  out: Float64Array,
  statistic: Float64Array,
  statisticAlong: Float64Array,
  law: Measure,
) => void;

/**
 * A field: a function of a point, or with its derivative, or for all points at once. Each says what it is not, so that a compiler
 * tells them apart and knows what a `derivative` takes.
 */
export type FieldDefinition =
  | (PointwiseField & { readonly at?: undefined; readonly ensemble?: undefined })
  | { readonly at: PointwiseField; readonly derivative?: PointwiseDerivative; readonly ensemble?: undefined }
  | { readonly ensemble: EnsembleField; readonly derivative?: EnsembleDerivative; readonly at?: undefined };

/** A summary of the law: `size` numbers, into `out`, which is zero before, or returned. */
export interface StatisticDefinition {
  readonly size: number;
  of(law: Measure, out: Float64Array): void;
  /** How it moves while the points move along `along` [n,d], weights fixed; by differences unless given. */
  derivative?(law: Measure, along: Float64Array, out: Float64Array): void;
}
