import { retract } from "../sphere/retract.js";
import type { Field, Measure, Model } from "../types.js";

/** A bracket below this fraction of the squared field strength counts as zero; differencing leaves about 1e-9. */
const RELATIVE_TOLERANCE = 1e-6;

/** How far the second law is from the first, in units of the state. */
const AWAY = 0.1;

/**
 * Whether the noise fields of a model commute, [g_j, g_k] = 0 for all j, k, so that no scheme needs the Lévy area.
 * Decided on a generic skew matrix L with no special relation among its entries: sum_jk L_jk nabla_{g_j} g_k vanishes
 * for it only if every bracket does, up to a null set. Looked at twice: at this law, which may be a special place (an
 * equilibrium, a symmetric start), and where the fields themselves move it.
 */
export function commutes(model: Model, law: Measure): boolean {
  const K = model.channels;
  if (K < 2) return true;
  const field = model.plan(law.count);
  field.redraw?.(0, 0);
  const area = new Float64Array(K * K);
  const dW = new Float64Array(K);
  for (let j = 0; j < K; j++) {
    dW[j] = Math.cos(1 + j * j);
    for (let k = 0; k < j; k++) {
      area[j * K + k] = Math.cos(1 + j * K + k * Math.SQRT2);
      area[k * K + j] = -area[j * K + k];
    }
  }
  const v = new Float64Array(law.points.length);
  const points = new Float64Array(law.points.length);
  if (!bracketVanishes(field, law, dW, area, v)) return false;
  field.increment(0, dW, v);
  const scale = largest(v);
  if (scale === 0) return true;
  retract(model.manifold, law.points, AWAY / scale, v, law.dimension, points);
  return bracketVanishes(field, { ...law, points }, dW, area, v);
}

function bracketVanishes(
  field: Field,
  law: Measure,
  dW: Float64Array,
  area: Float64Array,
  v: Float64Array,
): boolean {
  field.freeze(law);
  field.increment(0, dW, v);
  const scale = largest(v);
  field.bracket(area, v);
  return largest(v) <= RELATIVE_TOLERANCE * scale * scale;
}

const largest = (v: Float64Array): number => v.reduce((s, e) => Math.max(s, Math.abs(e)), 0);
