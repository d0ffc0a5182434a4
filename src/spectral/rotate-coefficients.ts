import { cos, sin } from "../numerics/sine-cosine.js";
import type { HarmonicTransform } from "../types.js";

/**
 * out <- coefficients of x -> f(R^{-1} x), R the turn by `angle` about the z axis (d = 3) or in the plane (d = 2): the
 * pair of order m turns by m * angle, which is f_lm -> e^{-i m angle} f_lm for complex coefficients. `out` may be
 * `coefficients`.
 */
export function rotateCoefficients(
  transform: Pick<HarmonicTransform, "degrees" | "orders" | "dimension">,
  coefficients: Float64Array,
  angle: number,
  out: Float64Array,
): void {
  const { orders, dimension } = transform;
  for (let i = 0; i < orders.length; i++) {
    const m = orders[i];
    if (m === 0) out[i] = coefficients[i];
    if (m <= 0) continue;
    const partner = dimension === 3 ? i - 2 * m : i - 1;
    const cosine = cos(m * angle);
    const sine = sin(m * angle);
    const c = coefficients[i];
    const s = coefficients[partner];
    out[i] = c * cosine - s * sine;
    out[partner] = c * sine + s * cosine;
  }
}
