import { circleIndex, index, requireDegree } from "../spectral/kernels/harmonic-index.js";
import { planHarmonics, type PointHarmonics } from "../spectral/harmonics.js";
import { requireUnit } from "../sphere/require-unit.js";
import type { Observable } from "../types.js";

/**
 * The harmonic moment sum_i w_i Y_lm(x_i) of laws on the circle (d = 2, m = -l or l) or the sphere (d = 3, |m| <= l), with
 * the real orthonormal harmonics: m > 0 cosine, m < 0 sine, no Condon-Shortley phase. For a density it is the
 * coefficient rho_lm. Other dimensions: see `zonalMoment`. A RangeError for points that are no unit vectors.
 */
export function harmonicMoment(dimension: number, l: number, m: number): Observable {
  requireDegree("harmonicMoment", l);
  if (dimension !== 2 && dimension !== 3)
    throw new RangeError(`harmonicMoment: dimension ${dimension}, want 2 or 3`);
  if (!(Number.isInteger(m) && Math.abs(m) <= l && (dimension === 3 || Math.abs(m) === l)))
    throw new RangeError(
      `harmonicMoment: order ${m} of degree ${l}, want ${dimension === 2 ? "m = -l or l" : "an integer from -l to l"}`,
    );
  // Planned when the first law comes: a name alone costs nothing.
  let harmonics: PointHarmonics | undefined;
  let moments = new Float64Array(0);
  const position = dimension === 2 ? circleIndex(l, m) : index(l, m);
  return (law) => {
    requireUnit("harmonicMoment", law);
    if (!harmonics) {
      harmonics = planHarmonics(dimension, l);
      moments = new Float64Array(harmonics.size);
    }
    harmonics.moments(law, moments);
    return moments[position];
  };
}
