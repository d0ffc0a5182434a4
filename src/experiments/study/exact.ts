import type { Measure, Observable } from "../../types.js";
import type { Config } from "../../config/config.js";
import { ConfigError } from "../../config/contract/config-error.js";
import type { CommonNoise } from "../../types.js";
import { initialEntryOf, modelEntryOf, MODELS } from "../../config/entries.js";

/**
 * E of the observable `name` at the horizon, given where the tokens start, where the model's entry knows a closed form or a
 * one-dimensional equation for it. Throws a ConfigError naming the key where nothing exact is known.
 */
export function exactMean(
  config: Config,
  horizon: number,
  name: string,
  observable: Observable,
): (start: Measure) => number {
  const { model, solver, initial } = config;
  const start = initialEntryOf(initial);
  const mean = modelEntryOf(model).exactMean?.(model, {
    observable: name,
    at: `observe[${config.observe.indexOf(name)}]`,
    of: observable,
    horizon,
    kappa: "kappa" in solver ? solver.kappa : 0,
    tokens: start.tokens(initial),
    given: start.given && evenly(start.weights?.(initial)),
  });
  if (mean) return mean;
  throw new ConfigError(
    `study.reference: no "exact" mean is known for model "${model.name}" here; it is for ${known()}; want "independent"`,
  );
}

const evenly = (weights: readonly number[] | undefined): boolean =>
  weights?.every((w) => Math.abs(w * weights.length - 1) <= 1e-12) ?? true;

/** Where exact answers are known, in words. */
const known = (): string => {
  const paths = MODELS.filter(({ exactPath }) => exactPath).map(({ name }) => `for "${name}"`);
  const means = MODELS.flatMap(({ exactMeans }) => (exactMeans ? [`for ${exactMeans}`] : []));
  return [...paths, ...means].join(", ");
};

/** The law at the horizon, exactly, from the initial one and the path. Throws a ConfigError where none is known. */
export function exactLaw({ model, solver }: Config): (start: Measure, noise: CommonNoise) => Measure {
  const solve = modelEntryOf(model).exactPath?.(model);
  if (!solve) {
    const names = MODELS.filter(({ exactPath }) => exactPath).map(({ name }) => `"${name}"`);
    throw new ConfigError(
      `study.reference: no "exact" solution along a path is known for model "${model.name}"; it is for ${names.join(", ")}; want "independent" or "finest"`,
    );
  }
  if ("kappa" in solver && solver.kappa > 0) {
    throw new ConfigError(
      `solver.kappa: ${solver.kappa} has no exact solution; want 0, or study.reference "finest"`,
    );
  }
  return (start, noise) => {
    const dW = new Float64Array(noise.channels);
    const W = new Float64Array(noise.channels);
    for (let step = 0; step < noise.steps; step++) {
      noise.increment(noise.steps, step, dW);
      for (let k = 0; k < W.length; k++) W[k] += dW[k];
    }
    return { ...start, points: solve(start.points, W) };
  };
}

/** Whether an exact solution along a path is known. */
export const hasExactLaw = ({ model }: Config): boolean => modelEntryOf(model).exactPath !== undefined;
