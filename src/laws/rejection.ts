import { hypot } from "../numerics/hypot.js";
import { wrap } from "../sphere/measure.js";
import { checkCount, checkDimension, type InitialLaw } from "./law.js";

/**
 * The law of any density on S^{d-1} below a known bound, sampled by rejection from the uniform law: a uniform point x stays
 * with probability density(x) / bound, so a token costs bound * |S^{d-1}| tries on average. The density need not be
 * normalised. Where a truncated density dips below zero no token falls: that samples its positive part; a dip deeper than
 * `dip` * bound (default 1e-3), a value above the bound, or a NaN is a RangeError while sampling.
 */
export function rejectionLaw(
  dimension: number,
  density: (x: Float64Array, offset?: number) => number,
  bound: number,
  dip = 1e-3,
): InitialLaw {
  checkDimension("rejectionLaw", dimension);
  if (!(bound > 0 && Number.isFinite(bound)))
    throw new RangeError(`rejectionLaw: bound is ${bound}, want a finite number above zero`);
  return {
    name: "density",
    dimension,
    density,
    sample(n, stream, path) {
      checkCount("rejectionLaw", n);
      const points = new Float64Array(n * dimension);
      const uniform = new Float64Array(1);
      for (let i = 0; i < n; i++) {
        const x = points.subarray(i * dimension, (i + 1) * dimension);
        for (let attempt = 0; ; attempt++) {
          stream.normals(path, i, x, attempt * dimension);
          stream.uniforms(path, i, uniform, attempt);
          const norm = hypot(...x);
          for (let a = 0; a < dimension; a++) x[a] /= norm;
          const rho = density(x, 0);
          if (!(rho <= bound * (1 + 1e-12) && rho >= -dip * bound))
            throw new RangeError(
              `rejectionLaw: density ${rho} at [${[...x]}] is outside [${-dip * bound}, ${bound}]`,
            );
          if (uniform[0] * bound < rho) break;
        }
      }
      return wrap(points, dimension);
    },
  };
}
