import { hypot } from "../numerics/hypot.js";
import { vectorOf, type NumbersLike } from "../numerics/rows.js";
import { harmonicCount } from "../spectral/kernels/harmonic-index.js";
import { planHarmonics } from "../spectral/harmonics.js";
import { rejectionLaw } from "./rejection.js";
import type { InitialLaw } from "./law.js";

/**
 * The law whose density on the circle or the sphere has these harmonic coefficients [size] (ordered as by the transforms,
 * degree 0 first), sampled by rejection. The bound is the addition theorem's: degree l of the density is at most |rho_l|
 * sqrt(N_l / |S^{d-1}|), N_l its number of orders; it is attained by a single bump. `dip` as in `rejectionLaw`.
 */
export function harmonicLaw(
  dimension: 2 | 3,
  lmax: number,
  coefficients: NumbersLike,
  dip?: number,
): InitialLaw {
  const harmonics = planHarmonics(dimension, lmax);
  const rho = vectorOf("coefficients", coefficients);
  if (rho.length !== harmonics.size)
    throw new RangeError(
      `harmonicLaw: ${rho.length} coefficients, want ${harmonics.size} for lmax ${lmax} in dimension ${dimension}`,
    );
  let bound = 0;
  for (let l = 0, from = 0; l <= lmax; l++) {
    const orders = l === 0 ? 1 : dimension === 2 ? 2 : 2 * l + 1;
    const norm = hypot(...rho.subarray(from, from + orders));
    bound += norm * Math.sqrt(orders / (2 * (dimension - 1) * Math.PI));
    from += orders;
  }
  const values = new Float64Array(harmonics.size);
  const density = (x: Float64Array, offset = 0): number => {
    harmonics.values(x, offset, values);
    return rho.reduce((sum, c, k) => sum + c * values[k], 0);
  };
  return {
    ...rejectionLaw(dimension, density, bound, dip),
    moments(degree) {
      const out = new Float64Array(harmonicCount(dimension, degree));
      out.set(rho.subarray(0, out.length));
      return out;
    },
  };
}
