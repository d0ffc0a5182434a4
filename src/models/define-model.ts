import { project } from "../sphere/project.js";
import type { Calculus, Manifold, Measure, Model } from "../types.js";
import { withDifferences } from "./differences.js";

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
  /** A summary of the law, computed once a step and handed to every field: `size` numbers written into `out`. */
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
 * included. Throws a RangeError when a field writes a number that is not finite, naming it.
 */
export function defineModel(definition: ModelDefinition): Model {
  const { name, dimension: d, drift, noise, statistic } = definition;
  const manifold = definition.manifold ?? "sphere";
  if (!Number.isInteger(d) || d < (manifold === "sphere" ? 2 : 1)) {
    throw new RangeError(
      `dimension: ${d} is not a whole number of at least ${manifold === "sphere" ? 2 : 1}`,
    );
  }
  const channels = noise.length;
  return {
    name,
    manifold,
    dimension: d,
    channels,
    calculus: definition.calculus ?? "ito",
    plan(count) {
      const x = new Float64Array(d);
      const value = new Float64Array(d);
      const summary = new Float64Array(statistic?.size ?? 0);
      let law: Measure;

      const add = (
        field: PointwiseField,
        label: string,
        factor: number,
        offset: number,
        out: Float64Array,
      ): void => {
        value.fill(0);
        field(x, value, summary, law);
        for (let a = 0; a < d; a++) {
          if (!Number.isFinite(value[a])) {
            throw new RangeError(
              `model "${name}": ${label} wrote ${value[a]} at x = [${Array.from(x).join(", ")}]`,
            );
          }
          out[offset + a] += factor * value[a];
        }
      };

      return withDifferences(
        {
          freeze(frozen) {
            law = frozen;
            statistic?.of(law, summary);
          },
          increment(dt, dW, out) {
            out.fill(0);
            for (let o = 0; o < count * d; o += d) {
              for (let a = 0; a < d; a++) x[a] = law.points[o + a];
              if (drift && dt !== 0) add(drift, "drift", dt, o, out);
              for (let k = 0; k < channels; k++) if (dW[k] !== 0) add(noise[k], `noise[${k}]`, dW[k], o, out);
            }
            if (manifold === "sphere") project(law.points, out, d);
          },
        },
        { manifold, dimension: d, channels, count },
      );
    },
  };
}
