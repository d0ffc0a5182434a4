import type { Model } from "../types.js";
import type { ModelConfig } from "./config.js";
import type { DrawnHeads } from "./contract/model-entry.js";
import { modelEntryOf } from "./entries.js";

/**
 * The model a configuration names; what it draws comes from streams of the seed. `tolerance` replaces the configuration's
 * own, the error allowed in softmax sums by harmonics.
 */
export const buildModel = (config: ModelConfig, seed: string, tolerance?: number): Model =>
  modelEntryOf(config).build(config, seed, tolerance);

/** The transformer whose limit it is, and the same equation with its noise redrawn every step; null where there is none. */
export function buildHeads(
  config: ModelConfig,
  seed: string,
): (DrawnHeads & { readonly equation: (seed: string) => Model }) | null {
  const entry = modelEntryOf(config);
  const drawn = entry.heads?.(config, seed);
  const redrawn = entry.redrawn?.(config);
  return drawn && redrawn ? { ...drawn, equation: (own) => entry.build(redrawn, own) } : null;
}

/** What a reader of the result must know of the model. */
export const describeModel = (config: ModelConfig, model: Model): Record<string, number | string> => ({
  model: model.name,
  calculus: model.calculus,
  channels: model.channels,
  ...modelEntryOf(config).describe?.(config),
});
