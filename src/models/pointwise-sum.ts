import type { Measure } from "../types.js";
import { takeReturned } from "./returned.js";

/** What takes a point and writes; what it returns is looked at. */
type AtPoint = (x: Float64Array, out: Float64Array, statistic: Float64Array, law: Measure) => unknown;

export interface NamedField {
  readonly label: string;
  readonly at: AtPoint;
}

/**
 * out[n,d] = sum_f c_f field_f, point by point, or that added where `adding`. Nothing is asked of a field whose factor is
 * zero.
 */
type PointwiseSum = (
  c: Float64Array,
  statistic: Float64Array,
  law: Measure,
  out: Float64Array,
  adding: boolean,
) => void;

/**
 * The sum in groups of four fields, each with a call of its own in the loop: an engine sees one function there and writes it
 * into the loop, as if the loop had been written for these fields. One call for all of them costs three times as much.
 */
export function planPointwiseSum(model: string, fields: readonly NamedField[], d: number): PointwiseSum {
  const groups = Array.from({ length: Math.ceil(fields.length / 4) }, (_, g) =>
    d === 3
      ? fourIn3(model, fields.slice(4 * g, 4 * g + 4), 4 * g)
      : four(model, fields.slice(4 * g, 4 * g + 4), 4 * g, d),
  );
  if (groups.length === 1) return groups[0];
  return (c, statistic, law, out, adding) => {
    for (let g = 0; g < groups.length; g++) groups[g](c, statistic, law, out, adding || g > 0);
  };
}

/** Four fields from number `first` on; one that is not there has no factor. */
function four(model: string, fields: readonly NamedField[], first: number, d: number): PointwiseSum {
  const [{ at: f0 }, { at: f1 }, { at: f2 }, { at: f3 }] = filled(fields);
  const count = fields.length;
  const x = new Float64Array(d);
  const value = new Float64Array(d);
  return (c, statistic, law, out, adding) => {
    const c0 = c[first];
    const c1 = count > 1 ? c[first + 1] : 0;
    const c2 = count > 2 ? c[first + 2] : 0;
    const c3 = count > 3 ? c[first + 3] : 0;
    const { points } = law;
    const add = (factor: number, o: number, returned: unknown, f: number): void => {
      if (returned !== undefined) takeReturned(returned, value, model, fields[f].label);
      for (let a = 0; a < d; a++) {
        out[o + a] += factor * value[a];
        value[a] = 0;
      }
    };
    value.fill(0);
    if (!adding) out.fill(0);
    for (let o = 0; o < points.length; o += d) {
      for (let a = 0; a < d; a++) x[a] = points[o + a];
      if (c0 !== 0) add(c0, o, f0(x, value, statistic, law), 0);
      if (c1 !== 0) add(c1, o, f1(x, value, statistic, law), 1);
      if (c2 !== 0) add(c2, o, f2(x, value, statistic, law), 2);
      if (c3 !== 0) add(c3, o, f3(x, value, statistic, law), 3);
    }
  };
}

/** The same in R^3, without a loop inside. */
function fourIn3(model: string, fields: readonly NamedField[], first: number): PointwiseSum {
  const [{ at: f0 }, { at: f1 }, { at: f2 }, { at: f3 }] = filled(fields);
  const count = fields.length;
  const x = new Float64Array(3);
  const value = new Float64Array(3);
  return (c, statistic, law, out, adding) => {
    const c0 = c[first];
    const c1 = count > 1 ? c[first + 1] : 0;
    const c2 = count > 2 ? c[first + 2] : 0;
    const c3 = count > 3 ? c[first + 3] : 0;
    const { points } = law;
    for (let o = 0; o < points.length; o += 3) {
      let p = adding ? out[o] : 0;
      let q = adding ? out[o + 1] : 0;
      let z = adding ? out[o + 2] : 0;
      x[0] = points[o];
      x[1] = points[o + 1];
      x[2] = points[o + 2];
      if (c0 !== 0) {
        value[0] = value[1] = value[2] = 0;
        const returned = f0(x, value, statistic, law);
        if (returned !== undefined) takeReturned(returned, value, model, fields[0].label);
        p += c0 * value[0];
        q += c0 * value[1];
        z += c0 * value[2];
      }
      if (c1 !== 0) {
        value[0] = value[1] = value[2] = 0;
        const returned = f1(x, value, statistic, law);
        if (returned !== undefined) takeReturned(returned, value, model, fields[1].label);
        p += c1 * value[0];
        q += c1 * value[1];
        z += c1 * value[2];
      }
      if (c2 !== 0) {
        value[0] = value[1] = value[2] = 0;
        const returned = f2(x, value, statistic, law);
        if (returned !== undefined) takeReturned(returned, value, model, fields[2].label);
        p += c2 * value[0];
        q += c2 * value[1];
        z += c2 * value[2];
      }
      if (c3 !== 0) {
        value[0] = value[1] = value[2] = 0;
        const returned = f3(x, value, statistic, law);
        if (returned !== undefined) takeReturned(returned, value, model, fields[3].label);
        p += c3 * value[0];
        q += c3 * value[1];
        z += c3 * value[2];
      }
      out[o] = p;
      out[o + 1] = q;
      out[o + 2] = z;
    }
  };
}

const zero: NamedField = { label: "", at: () => undefined };

const filled = (fields: readonly NamedField[]): NamedField[] =>
  Array.from({ length: 4 }, (_, f) => (f < fields.length ? fields[f] : zero));
