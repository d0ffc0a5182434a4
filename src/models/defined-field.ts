import { addTo } from "../numerics/add-to.js";
import { allFinite } from "../numerics/finite.js";
import { Stopped } from "../numerics/stopped.js";
import { covariant } from "../sphere/covariant.js";
import { project } from "../sphere/project.js";
import type { Field, Measure } from "../types.js";
import { withDifferences, type PartialField } from "./differences.js";
import { planEnsembleSum } from "./ensemble-sum.js";
import type {
  EnsembleDerivative,
  EnsembleField,
  PointwiseDerivative,
  PointwiseField,
} from "./field-kinds.js";
import { planPointwiseSum } from "./pointwise-sum.js";
import { takeReturned } from "./returned.js";
import { planSummary, type Summarizing, type Summary } from "./summary.js";

/** A field by its name and its channel; the drift has channel -1. */
interface Named {
  readonly label: string;
  readonly channel: number;
}

export type DefinedField = Named &
  (
    | { readonly at: PointwiseField; readonly derivative?: PointwiseDerivative }
    | { readonly ensemble: EnsembleField; readonly derivative?: EnsembleDerivative }
  );

export interface DefinedFields extends Summarizing {
  readonly channels: number;
  readonly fields: readonly DefinedField[];
}

/**
 * The sum of a user's fields on n points. Derivatives are the fields' own, where they have one; those that have none are
 * differenced, all at once.
 */
export function planDefined(count: number, model: DefinedFields): Field {
  const { manifold, dimension, channels, fields } = model;
  const differencing = { manifold, dimension, channels, count };
  const { derivative, ...sum } = planSum(count, model);
  const others = fields.filter((field) => !field.derivative);
  if (others.length === fields.length) return withDifferences(sum, differencing);
  if (others.length === 0) return withDifferences({ ...sum, derivative }, differencing);

  const rest = withDifferences(planIncrement(count, { ...model, fields: others }), differencing);
  const term = new Float64Array(count * dimension);
  let law: Measure;
  return withDifferences(
    {
      ...sum,
      freeze(frozen) {
        law = frozen;
        sum.freeze(frozen);
      },
      derivative(dt, dW, along, out) {
        derivative(dt, dW, along, out);
        rest.freeze(law);
        rest.derivative(dt, dW, along, term);
        addTo(out, 1, term);
      },
    },
    differencing,
  );
}

const planIncrement = (count: number, model: DefinedFields): PartialField => {
  const { freeze, increment } = planSum(count, model);
  return { freeze, increment };
};

/** The sum, and the derivative of those fields that have their own. */
function planSum(count: number, model: DefinedFields): Pick<Field, "freeze" | "increment" | "derivative"> {
  const { name, manifold, dimension: d, channels, fields } = model;
  const size = count * d;
  const pointwise = fields.filter((field) => "at" in field);
  const ensemble = fields.filter((field) => "ensemble" in field);
  const addPointwise = planPointwiseSum(name, pointwise, d);
  const addEnsemble = planEnsembleSum(name, ensemble, size);
  const pointwiseChannels = channelsOf(pointwise);
  const ensembleChannels = channelsOf(ensemble);
  const ofPointwise = new Float64Array(pointwise.length);
  const ofEnsemble = new Float64Array(ensemble.length);
  const summary = planSummary(model, count);
  const derive = planDerive(name, count, d, summary);
  const derived = fields.filter((field) => field.derivative);
  const value = new Float64Array(derived.length > 0 ? size : 0);
  let law: Measure;

  const some = pointwise.length > 0;
  const more = ensemble.length > 0;

  /** The factors of the next sum: those of b dt + sum_k g_k dW_k. */
  const gather = (dt: number, dW: Float64Array): void => {
    if (some) contract(pointwiseChannels, dt, dW, ofPointwise);
    if (more) contract(ensembleChannels, dt, dW, ofEnsemble);
  };

  /** out = the sum of the fields, each with its factor, as it stands. */
  const sum = (out: Float64Array): void => {
    if (some) addPointwise(ofPointwise, summary.numbers, law, out, false);
    if (more) addEnsemble(ofEnsemble, summary.numbers, law, out, some);
    else if (!some) out.fill(0);
  };

  /** The increments of one channel alone. */
  const unit = (channel: number): Float64Array =>
    Float64Array.from({ length: channels }, (_, k) => (k === channel ? 1 : 0));

  /** Throws for the first point at which one of these wrote what is no number, by name; not where sums alone overflow. */
  const blame = (asked: readonly DefinedField[], what: string, write: Write): void => {
    const written = new Float64Array(size);
    let first = { point: Infinity, label: "", value: 0 };
    for (const field of asked) {
      write(field, written);
      const place = written.findIndex((v) => !Number.isFinite(v));
      const point = place < 0 ? Infinity : Math.floor(place / d);
      if (point < first.point) first = { point, label: field.label + what, value: written[place] };
    }
    if (first.point === Infinity) return;
    const x = law.points.subarray(first.point * d, (first.point + 1) * d);
    throw new Stopped(`model "${name}": ${first.label} wrote ${first.value} at x = [${x.join(", ")}]`);
  };

  return {
    freeze(frozen) {
      law = frozen;
      summary.take(law);
    },
    increment(dt, dW, out) {
      gather(dt, dW);
      sum(out);
      if (!allFinite(out)) {
        const asked = fields.filter((field) => factorOf(field, dt, dW) !== 0);
        blame(asked, "", ({ channel }, one) => {
          gather(channel < 0 ? 1 : 0, unit(channel));
          sum(one);
        });
      }
      if (manifold === "sphere") project(law.points, out, d);
    },
    derivative(dt, dW, along, out) {
      summary.move(law, along);
      out.fill(0);
      const asked = derived.filter((field) => factorOf(field, dt, dW) !== 0);
      for (const field of asked) {
        derive(field, law, along, value);
        addTo(out, factorOf(field, dt, dW), value);
      }
      if (!allFinite(out)) blame(asked, ".derivative", (field, one) => derive(field, law, along, one));
      if (manifold === "euclidean") return;
      gather(dt, dW);
      keepOwn(pointwise, ofPointwise);
      keepOwn(ensemble, ofEnsemble);
      sum(value);
      covariant(law.points, value, along, d, out);
    },
  };
}

const factorOf = ({ channel }: Named, dt: number, dW: Float64Array): number =>
  channel < 0 ? dt : dW[channel];

/** factors[f] = that of the field with channel channels[f]. */
function contract(channels: Int32Array, dt: number, dW: Float64Array, factors: Float64Array): void {
  for (let f = 0; f < channels.length; f++) factors[f] = channels[f] < 0 ? dt : dW[channels[f]];
}

/** Leaves those fields out that have no derivative. */
function keepOwn(fields: readonly DefinedField[], factors: Float64Array): void {
  fields.forEach(({ derivative }, f) => {
    if (!derivative) factors[f] = 0;
  });
}

const channelsOf = (fields: readonly Named[]): Int32Array =>
  Int32Array.from(fields, ({ channel }) => channel);

type Write = (field: DefinedField, out: Float64Array) => void;

/** out = the derivative that a field gives itself. */
function planDerive(model: string, count: number, d: number, { numbers, moved }: Summary) {
  const x = new Float64Array(d);
  const v = new Float64Array(d);
  const image = new Float64Array(d);
  return (field: DefinedField, law: Measure, along: Float64Array, out: Float64Array): void => {
    const { points } = law;
    const label = `${field.label}.derivative`;
    out.fill(0);
    if ("ensemble" in field) {
      const returned: unknown = field.derivative?.(points, along, out, numbers, moved, law);
      if (returned !== undefined) takeReturned(returned, out, model, label);
      return;
    }
    for (let o = 0; o < count * d; o += d) {
      for (let a = 0; a < d; a++) {
        x[a] = points[o + a];
        v[a] = along[o + a];
        image[a] = 0;
      }
      const returned: unknown = field.derivative?.(x, v, image, numbers, moved);
      if (returned !== undefined) takeReturned(returned, image, model, label);
      for (let a = 0; a < d; a++) out[o + a] = image[a];
    }
  };
}
