import type { HarmonicTransform } from "../types.js";

/** Carries fields [from.count, d] to [to.count, d]. */
export interface FieldInterpolation {
  apply(field: Float64Array, out: Float64Array): FieldNorms;
}

/** L^2 norms: of the field, of its two highest degrees, an estimate of what is missing, and of the two before these. */
export interface FieldNorms {
  readonly norm: number;
  readonly tail: number;
  readonly before: number;
}

/**
 * Carries a smooth field from the nodes of one transform to those of another through its coefficients, component by
 * component in ambient coordinates: exact up to degree from.lmax. The field of an attention model is much smoother than
 * the densities it moves (its degrees fall off like the Funk-Hecke eigenvalues), so it can be found on a coarse grid and
 * brought to the fine one.
 * Throws a RangeError when the dimensions differ or from.lmax > to.lmax.
 */
export function planFieldInterpolation(from: HarmonicTransform, to: HarmonicTransform): FieldInterpolation {
  if (from.dimension !== to.dimension || from.lmax > to.lmax)
    throw new RangeError(
      `planFieldInterpolation: want the same dimension and no higher degree, got (d, lmax) = (${from.dimension}, ` +
        `${from.lmax}) to (${to.dimension}, ${to.lmax}).`,
    );
  const d = from.dimension;
  const values = new Float64Array(from.count);
  const coefficients = new Float64Array(from.size);
  const padded = new Float64Array(to.size);
  const finer = new Float64Array(to.count);
  return {
    apply(field, out) {
      let tail = 0;
      let before = 0;
      let whole = 0;
      for (let a = 0; a < d; a++) {
        for (let i = 0; i < from.count; i++) values[i] = field[i * d + a];
        from.analysis(values, coefficients);
        for (let k = 0; k < from.size; k++) {
          const square = coefficients[k] * coefficients[k];
          whole += square;
          if (from.degrees[k] > from.lmax - 2) tail += square;
          else if (from.degrees[k] > from.lmax - 4) before += square;
        }
        // lower degrees come first in every transform's order
        padded.set(coefficients);
        to.synthesis(padded, finer);
        for (let i = 0; i < to.count; i++) out[i * d + a] = finer[i];
      }
      return { norm: Math.sqrt(whole), tail: Math.sqrt(tail), before: Math.sqrt(before) };
    },
  };
}
