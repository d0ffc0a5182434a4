import type { HarmonicTransform, Measure } from "../types.js";

/** Where a single path ended. */
export type Final = {
  /** [n][d] */
  readonly points?: readonly (readonly number[])[];
  /** [n], only where they are not all equal. */
  readonly weights?: readonly number[];
  /** "l,m" -> coefficient of the density. */
  readonly coefficients?: Readonly<Record<string, number>>;
};

/** The coefficients where a density carries the law, its points elsewhere. */
export const finalOf = (
  evolution: { readonly law: Measure },
  density: { readonly transform: HarmonicTransform; readonly coefficients: Float64Array } | null,
): Final =>
  density ? finalCoefficients(density.transform, density.coefficients) : finalPoints(evolution.law);

/** The tokens of a cloud, row by row. */
function finalPoints({ count, dimension, points, weights }: Measure): Final {
  const rows = Array.from({ length: count }, (_, i) =>
    Array.from(points.subarray(i * dimension, (i + 1) * dimension)),
  );
  return weights.every((w) => w === weights[0])
    ? { points: rows }
    : { points: rows, weights: Array.from(weights) };
}

/** The coefficients of a density by "l,m". */
function finalCoefficients({ degrees, orders, size }: HarmonicTransform, coefficients: Float64Array): Final {
  return {
    coefficients: Object.fromEntries(
      Array.from({ length: size }, (_, q) => [`${degrees[q]},${orders[q]}`, coefficients[q]]),
    ),
  };
}
