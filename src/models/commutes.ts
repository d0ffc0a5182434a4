import type { Measure, Model } from "../types.js";

/** A bracket below this fraction of the squared field strength counts as zero; differencing leaves about 1e-9. */
const RELATIVE_TOLERANCE = 1e-6;

/**
 * Whether the noise fields of a model commute at this law, [g_j, g_k] = 0 for all j, k, so that no scheme needs the
 * Lévy area. Decided on a generic skew matrix L with no special relation among its entries: sum_jk L_jk nabla_{g_j} g_k
 * vanishes for it only if every bracket does, up to a null set.
 */
export function commutes(model: Model, law: Measure): boolean {
  const K = model.channels;
  if (K < 2) return true;
  const field = model.plan(law.count);
  field.redraw?.(0, 0);
  field.freeze(law);
  const area = new Float64Array(K * K);
  const dW = new Float64Array(K);
  for (let j = 0; j < K; j++) {
    dW[j] = Math.cos(1 + j * j);
    for (let k = 0; k < j; k++) {
      area[j * K + k] = Math.cos(1 + j * K + k * Math.SQRT2);
      area[k * K + j] = -area[j * K + k];
    }
  }
  const out = new Float64Array(law.points.length);
  const strength = (): number => out.reduce((s, v) => Math.max(s, Math.abs(v)), 0);
  field.increment(0, dW, out);
  const scale = strength();
  field.bracket(area, out);
  return strength() <= RELATIVE_TOLERANCE * scale * scale;
}
