import { pointsLaw } from "../laws/points.js";
import type { InitialLaw } from "../laws/law.js";
import { simplexLaw } from "../laws/simplex.js";
import { uniformLaw } from "../laws/uniform.js";
import { vmfMixture } from "../laws/vmf-mixture.js";
import { stream } from "../noise/stream.js";
import type { Manifold, Measure } from "../types.js";
import { ConfigError } from "../config/config-error.js";
import type { InitialConfig } from "../config/config.js";

/** The law of the tokens at time zero. Throws a ConfigError where the geometry does not permit it. */
export function buildInitialLaw(
  config: InitialConfig,
  dimension: number,
  manifold: Manifold = "sphere",
): InitialLaw {
  try {
    switch (config.kind) {
      case "points":
        return pointsLaw(config.points, config.weights, manifold);
      case "uniform":
        return uniformLaw(dimension);
      case "vmf":
        return vmfMixture(dimension, config.components);
      case "simplex":
        return simplexLaw(dimension, config.tokens, config.overlap);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new ConfigError(`initial: ${error.message}`);
    throw error;
  }
}

/** The tokens of every path: independent draws from the stream "initial", or the same points where they are given. */
export function buildTokens(config: InitialConfig, law: InitialLaw, seed: string): (path: number) => Measure {
  const n = config.kind === "points" ? config.points.length : (config.tokens ?? 1);
  const source = stream(seed, "initial");
  if ("placement" in config && config.placement === "quasi") {
    if (!law.quasi) throw new ConfigError(`initial.placement: "quasi" is not known for "${config.kind}"`);
    const points = law.quasi(n);
    return () => points;
  }
  return (path) => law.sample(n, source, path);
}
