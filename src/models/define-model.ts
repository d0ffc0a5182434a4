import { checkOptions, maybe, type Shape } from "../numerics/options.js";
import type { Calculus, Manifold, Model } from "../types.js";
import { planDefined, type DefinedField } from "./defined-field.js";
import type { FieldDefinition, StatisticDefinition } from "./field-kinds.js";

export interface ModelDefinition {
  readonly name: string;
  /** "sphere" unless given. */
  readonly manifold?: Manifold;
  /** d */
  readonly dimension: number;
  /** "ito" unless given. */
  readonly calculus?: Calculus;
  /** A summary of the law, computed once a step and handed to every field. */
  readonly statistic?: StatisticDefinition;
  /** b; zero unless given. */
  readonly drift?: FieldDefinition;
  /** g_1 … g_K, one per channel of the common noise. */
  readonly noise: readonly FieldDefinition[];
}

const FIELD: Shape = {
  what: "a function, { at, derivative } or { ensemble, derivative }",
  members: {},
  orFunction: true,
};

/**
 * A model from its drift and noise fields, in a dozen lines:
 *
 *     defineModel({ name: "attracted", dimension: 3, statistic: { size: 3, of: mean },
 *                   drift: (x, out, m) => out.set(m), noise: [(x, out) => out.set([-x[1], x[0], 0])] })
 *
 * A field is a function of a point, or `{ at, derivative }` with its own derivative, or `{ ensemble, derivative }`, which sees
 * all points at once: a loop in there is the quickest a model can be. Fields without a derivative are differenced by shifting
 * the whole ensemble, so the law's motion is included in the Itô correction, derivatives and brackets; a field that has one is
 * told how the statistic moves. `checkModel` holds derivatives against differences.
 *
 * Throws a RangeError for options that make no sense, and for a field that returns what cannot be its value; the run ends
 * (`Stopped`) where a field is no longer finite. Both name the field.
 */
export function defineModel(definition: ModelDefinition): Model {
  checkOptions("defineModel", definition, {
    name: "string",
    manifold: maybe(["sphere", "euclidean"]),
    dimension: "number",
    calculus: maybe(["ito", "stratonovich"]),
    statistic: maybe({
      what: "{ size, of }",
      members: { size: "whole", of: "function", derivative: maybe("function") },
    }),
    drift: maybe(FIELD),
    noise: { list: FIELD },
  });
  const { name, dimension: d } = definition;
  const manifold = definition.manifold ?? "sphere";
  const least = manifold === "sphere" ? 2 : 1;
  if (!Number.isInteger(d) || d < least) {
    throw new RangeError(`dimension: ${d} is not a whole number of at least ${least}`);
  }
  const { drift, noise, statistic } = definition;
  const fields = noise.map((field, k) => definedField(`noise[${k}]`, k, field));
  if (drift) fields.unshift(definedField("drift", -1, drift));
  const channels = noise.length;
  const defined = { name, manifold, dimension: d, channels, statistic, fields };
  return {
    name,
    manifold,
    dimension: d,
    channels,
    calculus: definition.calculus ?? "ito",
    plan: (count) => planDefined(count, defined),
  };
}

function definedField(label: string, channel: number, given: FieldDefinition): DefinedField {
  if (typeof given === "function") return { label, channel, at: given };
  const where = `defineModel: ${label}`;
  const parts: Partial<Record<"at" | "ensemble" | "derivative", unknown>> = given;
  const part = maybe("function");
  checkOptions(where, parts, { at: part, ensemble: part, derivative: part });
  if ((parts.at === undefined) === (parts.ensemble === undefined)) {
    const has = parts.at === undefined ? "neither at nor ensemble" : "both at and ensemble";
    throw new RangeError(`${where} has ${has}, want one of them`);
  }
  const named = { label, channel };
  return given.at
    ? { ...named, at: given.at, derivative: given.derivative }
    : { ...named, ensemble: given.ensemble, derivative: given.derivative };
}
