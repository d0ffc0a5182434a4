import { allFinite } from "../numerics/finite.js";
import type { Measure } from "../types.js";
import { takeReturned } from "./returned.js";

/** What takes all points and writes [n,d]; what it returns is looked at. */
export interface NamedEnsembleField {
  readonly label: string;
  readonly ensemble: (
    points: Float64Array,
    out: Float64Array,
    statistic: Float64Array,
    law: Measure,
  ) => unknown;
}

/**
 * out[n,d] = sum_f c_f field_f, or that added where `adding`, four arrays in a pass. Nothing is asked of a field whose factor
 * is zero.
 */
export function planEnsembleSum(model: string, fields: readonly NamedEnsembleField[], size: number) {
  const values = Array.from({ length: Math.min(4, fields.length) }, () => new Float64Array(size));
  const call = planCall(fields);
  const asked = fields.map(() => false);
  const terms: Float64Array[] = Array.from({ length: 4 }, () => new Float64Array(0));
  const weights = new Float64Array(4);

  const ask = (f: number, statistic: Float64Array, law: Measure, value: Float64Array): void => {
    const returned = call(f, statistic, law, value);
    if (returned === undefined || returned === value) return;
    value.fill(0);
    takeReturned(call(f, statistic, law, value), value, model, fields[f].label);
  };

  /** What is left unwritten would later be what another field has written there. */
  const askFirst = (f: number, statistic: Float64Array, law: Measure, value: Float64Array): void => {
    value.fill(NaN);
    ask(f, statistic, law, value);
    asked[f] = true;
    if (allFinite(value)) return;
    const place = value.findIndex(Number.isNaN);
    value.fill(0);
    ask(f, statistic, law, value);
    if (allFinite(value)) {
      throw new RangeError(
        `model "${model}": ${fields[f].label} left out[${place}] unwritten, want all its ${size} numbers`,
      );
    }
  };

  return (
    c: Float64Array,
    statistic: Float64Array,
    law: Measure,
    out: Float64Array,
    adding: boolean,
  ): void => {
    // `out` as it stands is a term of the sum, the first, where there is something in it.
    let used = adding ? 1 : 0;
    let own = 0;
    terms[0] = out;
    weights[0] = 1;
    for (let f = 0; f < fields.length; f++) {
      if (c[f] === 0) continue;
      const value = values[own++];
      if (asked[f]) ask(f, statistic, law, value);
      else askFirst(f, statistic, law, value);
      terms[used] = value;
      weights[used++] = c[f];
      if (used < 4) continue;
      combine(terms, weights, used, out);
      terms[0] = out;
      weights[0] = used = 1;
      own = 0;
    }
    if (own > 0) combine(terms, weights, used, out);
    else if (used === 0) out.fill(0);
  };
}

/**
 * What field f returns. Each of the first four has a call of its own: an engine sees one function there, and writes it in.
 */
function planCall(fields: readonly NamedEnsembleField[]) {
  const [f0, f1, f2, f3] = fields.map(({ ensemble }) => ensemble);
  return (f: number, statistic: Float64Array, law: Measure, value: Float64Array): unknown => {
    const { points } = law;
    if (f === 0) return f0(points, value, statistic, law);
    if (f === 1) return f1(points, value, statistic, law);
    if (f === 2) return f2(points, value, statistic, law);
    if (f === 3) return f3(points, value, statistic, law);
    const { ensemble } = fields[f];
    return ensemble(points, value, statistic, law);
  };
}

/** out = sum_j w_j v_j, up to four terms, of which `out` may be one. */
function combine(terms: readonly Float64Array[], w: Float64Array, used: number, out: Float64Array): void {
  const w0 = w[0];
  const w1 = w[1];
  const w2 = w[2];
  const w3 = w[3];
  const v0 = terms[0];
  const v1 = terms[1];
  const v2 = terms[2];
  const v3 = terms[3];
  const size = out.length;
  if (used === 1) for (let i = 0; i < size; i++) out[i] = w0 * v0[i];
  if (used === 2) for (let i = 0; i < size; i++) out[i] = w0 * v0[i] + w1 * v1[i];
  if (used === 3) for (let i = 0; i < size; i++) out[i] = w0 * v0[i] + w1 * v1[i] + w2 * v2[i];
  if (used === 4) for (let i = 0; i < size; i++) out[i] = w0 * v0[i] + w1 * v1[i] + w2 * v2[i] + w3 * v3[i];
}
