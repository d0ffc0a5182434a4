import { checkOptions, maybe } from "../numerics/options.js";
import { Stopped } from "../numerics/stopped.js";
import { project } from "../sphere/project.js";
import type { Calculus, Manifold, Measure, Model } from "../types.js";
import { withDifferences, type PartialField } from "./differences.js";
import { takeReturned } from "./returned.js";

/**
 * A vector field at one point. `x` [d] is the point, `statistic` what the model computed from the law this step, `law`
 * the law itself; the value goes into `out` [d]. On the sphere it need not be tangent: it is projected.
 */
export type PointwiseField = (
  x: Float64Array,
  out: Float64Array,
  statistic: Float64Array,
  law: Measure,
) => void;

export interface ModelDefinition {
  readonly name: string;
  /** "sphere" unless given. */
  readonly manifold?: Manifold;
  /** d */
  readonly dimension: number;
  /** "ito" unless given. */
  readonly calculus?: Calculus;
  /** A summary of the law, computed once a step and handed to every field: `size` numbers, into `out` or returned. */
  readonly statistic?: { readonly size: number; of(law: Measure, out: Float64Array): void };
  /** b; zero unless given. */
  readonly drift?: PointwiseField;
  /** g_1 … g_K, one per channel of the common noise. */
  readonly noise: readonly PointwiseField[];
}

/**
 * A model from pointwise drift and noise fields, in a dozen lines:
 *
 *     defineModel({ name: "attracted", dimension: 3, statistic: { size: 3, of: mean },
 *                   drift: (x, out, m) => out.set(m), noise: [(x, out) => out.set([-x[1], x[0], 0])] })
 *
 * Derivatives, the Itô correction and brackets are taken by shifting the whole ensemble, so the law's motion is
 * included. Throws a RangeError for options that make no sense, and for a field that returns what cannot be its value; the
 * run ends (`Stopped`) where a field is no longer finite. Both name the field.
 */
export function defineModel(definition: ModelDefinition): Model {
  checkOptions("defineModel", definition, {
    name: "string",
    manifold: maybe(["sphere", "euclidean"]),
    dimension: "number",
    calculus: maybe(["ito", "stratonovich"]),
    statistic: maybe({ what: "{ size, of }", members: { size: "whole", of: "function" } }),
    drift: maybe("function"),
    noise: { list: "function" },
  });
  const { name, dimension: d } = definition;
  const manifold = definition.manifold ?? "sphere";
  const least = manifold === "sphere" ? 2 : 1;
  if (!Number.isInteger(d) || d < least) {
    throw new RangeError(`dimension: ${d} is not a whole number of at least ${least}`);
  }
  const channels = definition.noise.length;
  return {
    name,
    manifold,
    dimension: d,
    channels,
    calculus: definition.calculus ?? "ito",
    plan: (count) =>
      withDifferences(planPointwise(count, d, manifold, definition), {
        manifold,
        dimension: d,
        channels,
        count,
      }),
  };
}

/** The sum of drift and noise, point by point. */
function planPointwise(
  count: number,
  d: number,
  manifold: Manifold,
  definition: ModelDefinition,
): PartialField {
  const { name, drift, noise, statistic } = definition;
  const labels = noise.map((_, k) => `noise[${k}]`);
  const x = new Float64Array(d);
  const value = new Float64Array(d);
  const summary = new Float64Array(statistic?.size ?? 0);
  let law: Measure;

  const summarize = (): void => {
    if (!statistic) return;
    summary.fill(0);
    const returned: unknown = statistic.of(law, summary);
    if (returned !== undefined) takeReturned(returned, summary, name, "statistic.of");
    for (const v of summary) {
      if (!Number.isFinite(v)) throw new Stopped(`model "${name}": statistic.of gave ${v}`);
    }
  };

  /** out += factor * field at x, for the row of `out` that starts at `offset`. */
  const add = (
    field: PointwiseField,
    label: string,
    factor: number,
    offset: number,
    out: Float64Array,
  ): void => {
    value.fill(0);
    const returned: unknown = field(x, value, summary, law);
    if (returned !== undefined) takeReturned(returned, value, name, label);
    for (let a = 0; a < d; a++) {
      if (!Number.isFinite(value[a])) throw notFinite(name, label, value[a], x);
      out[offset + a] += factor * value[a];
    }
  };

  return {
    freeze(frozen) {
      law = frozen;
      summarize();
    },
    increment(dt, dW, out) {
      out.fill(0);
      for (let o = 0; o < count * d; o += d) {
        for (let a = 0; a < d; a++) x[a] = law.points[o + a];
        if (drift && dt !== 0) add(drift, "drift", dt, o, out);
        for (let k = 0; k < noise.length; k++) if (dW[k] !== 0) add(noise[k], labels[k], dW[k], o, out);
      }
      if (manifold === "sphere") project(law.points, out, d);
    },
  };
}

const notFinite = (model: string, label: string, value: number, x: Float64Array): Stopped =>
  new Stopped(`model "${model}": ${label} wrote ${value} at x = [${Array.from(x).join(", ")}]`);
