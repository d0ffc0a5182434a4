import { cos } from "../numerics/sine-cosine.js";
import { Stopped } from "../numerics/stopped.js";
import { retract } from "../sphere/retract.js";
import type { Field, Measure, Model } from "../types.js";

/** A bracket below this fraction of the squared field strength counts as zero; differencing leaves about 1e-9. */
const RELATIVE_TOLERANCE = 1e-6;

/** How far another place is from the one given, in units of the state. */
const AWAY = 0.1;

/**
 * Whether the noise fields of a model commute, [g_j, g_k] = 0 for all j, k, so that no scheme needs the Lévy area.
 * Decided on two generic combinations U = sum_k u_k g_k and V = sum_k v_k g_k: [U, V] = nabla_U V - nabla_V U vanishes
 * for them only if every bracket does, up to a null set. Looked at twice: at this law, which may be a special place (an
 * equilibrium, a symmetric start), and where the fields themselves move it. Where all fields vanish nothing can be seen:
 * then the law is first moved a little, in a generic direction; fields that vanish there too count as no noise. Fields that
 * cannot be had at this law do not commute: what is wrong is told by the run, which stops there.
 */
export function commutes(model: Model, law: Measure): boolean {
  try {
    return bracketsVanish(model, law);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    return false;
  }
}

function bracketsVanish(model: Model, law: Measure): boolean {
  const K = model.channels;
  if (K < 2) return true;
  const field = model.plan(law.count);
  field.redraw?.(0, 0);
  const u = Float64Array.from({ length: K }, (_, k) => cos(1 + k * k));
  const v = Float64Array.from({ length: K }, (_, k) => cos(2 + k * Math.SQRT2));
  const push = new Float64Array(law.points.length);
  const strengthAt = (place: Measure): number => {
    field.freeze(place);
    field.increment(0, u, push);
    return largest(push);
  };
  const movedAlong = (from: Measure, direction: Float64Array, scale: number): Measure => {
    const points = new Float64Array(from.points.length);
    retract(model.manifold, from.points, AWAY / scale, direction, from.dimension, points);
    return { ...from, points };
  };

  let seen = law;
  let strength = strengthAt(seen);
  if (strength === 0) {
    const generic = law.points.map((_, i) => cos(3 + i * Math.SQRT2));
    seen = movedAlong(law, generic, 1);
    strength = strengthAt(seen);
  }
  if (strength === 0) return true;
  const further = movedAlong(seen, push, strength);
  return [seen, further].every((place) => bracketVanishes(field, place, u, v));
}

/** Whether [U, V] is zero to the accuracy of differences at every point of this law. */
function bracketVanishes(field: Field, law: Measure, u: Float64Array, v: Float64Array): boolean {
  const size = law.points.length;
  const [U, V, UV, VU] = Array.from({ length: 4 }, () => new Float64Array(size));
  field.freeze(law);
  field.increment(0, u, U);
  field.increment(0, v, V);
  field.derivative(0, v, U, UV);
  field.derivative(0, u, V, VU);
  for (let i = 0; i < size; i++) UV[i] -= VU[i];
  return largest(UV) <= RELATIVE_TOLERANCE * largest(U) * largest(V);
}

const largest = (v: Float64Array): number => v.reduce((s, e) => Math.max(s, Math.abs(e)), 0);
