import { copyMeasure } from "../src/sphere/measure.js";
import type { Evolution, Measure, Model, Scheme, Stream } from "../src/types.js";

export interface Particles {
  readonly model: Model;
  readonly scheme: Scheme;
  /** The initial cloud, or a rule that gives one of the same size for every path. */
  readonly initial: Measure | ((path: number) => Measure);
  /** Noise kappa dB_i, independent from point to point, beside the common one. Drawn from its own stream. */
  readonly idiosyncratic?: { readonly kappa: number; readonly stream: Stream };
}

/** Weighted points moved by a scheme: a token cloud, or characteristics when the points are quadrature nodes. */
export function particles({ model, scheme, initial, idiosyncratic }: Particles): Evolution {
  const startOf = typeof initial === "function" ? initial : () => initial;
  const law = copyMeasure(startOf(0));
  if (law.dimension !== model.dimension) {
    throw new RangeError(`initial: points in R^${law.dimension} for a model in R^${model.dimension}`);
  }
  const stepper = scheme.plan(model, law.count);
  const kick = idiosyncratic ? new Float64Array(law.points.length) : null;
  return {
    law,
    reset(path) {
      const start = startOf(path);
      if (start.count !== law.count)
        throw new RangeError(`initial: ${start.count} points where ${law.count} were planned`);
      law.points.set(start.points);
      law.weights.set(start.weights);
    },
    advance(interval) {
      if (kick && idiosyncratic) {
        idiosyncratic.stream.normals(interval.path, interval.step, kick);
        const scale = idiosyncratic.kappa * Math.sqrt(interval.dt);
        for (let i = 0; i < kick.length; i++) kick[i] *= scale;
      }
      stepper.step(law, interval, kick);
    },
    diagnostics: () => ({ points: law.count }),
  };
}
