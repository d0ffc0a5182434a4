import type { Measure } from "../types.js";
import type { Take } from "./pointwise-sum.js";

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

/** out[n,d] += sum_f c_f field_f, in groups of four fields that share a pass; nothing is asked of a field without a factor. */
export function planEnsembleSum(fields: readonly NamedEnsembleField[], size: number, take: Take) {
  const values = Array.from({ length: Math.min(4, fields.length) }, () => new Float64Array(size));
  const [v0, v1 = v0, v2 = v0, v3 = v0] = values;
  const w = new Float64Array(4);
  return (c: Float64Array, statistic: Float64Array, law: Measure, out: Float64Array): void => {
    let used = 0;
    for (let f = 0; f < fields.length; f++) {
      if (c[f] !== 0) {
        const { ensemble, label } = fields[f];
        const value = values[used];
        value.fill(0);
        const returned = ensemble(law.points, value, statistic, law);
        if (returned !== undefined) take(returned, value, label);
        w[used++] = c[f];
      }
      if (used === 4 || (used > 0 && f === fields.length - 1)) {
        const [w0, w1, w2, w3] = w;
        if (used === 1) for (let i = 0; i < size; i++) out[i] += w0 * v0[i];
        else if (used === 2) for (let i = 0; i < size; i++) out[i] += w0 * v0[i] + w1 * v1[i];
        else if (used === 3) for (let i = 0; i < size; i++) out[i] += w0 * v0[i] + w1 * v1[i] + w2 * v2[i];
        else for (let i = 0; i < size; i++) out[i] += w0 * v0[i] + w1 * v1[i] + w2 * v2[i] + w3 * v3[i];
        used = 0;
      }
    }
  };
}
