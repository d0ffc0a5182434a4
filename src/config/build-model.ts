import type { Model } from "../types.js";
import type { ModelConfig } from "./config.js";
import type { DrawnHeads, ModelClock } from "./contract/model-entry.js";
import { modelEntryOf } from "./entries.js";

/**
 * The model a configuration names; what it draws comes from streams of the seed. `tolerance` replaces the configuration's
 * own, the error allowed in softmax sums by harmonics.
 */
export const buildModel = (config: ModelConfig, seed: string, tolerance?: number): Model =>
  modelEntryOf(config).build(config, seed, tolerance);

/** The transformer whose limit a model is, and that limit in law. */
export interface Heads {
  readonly chain: DrawnHeads;
  /** The equation with its noise redrawn every step where it is drawn, of other layers where their clock is given. */
  equation(seed: string, clock?: ModelClock): Model;
}

/** Null where the model is no limit of a transformer. */
export function buildHeads(config: ModelConfig, seed: string): Heads | null {
  const { drawsHeads, heads, redrawn = () => config, build } = modelEntryOf(config);
  if (!drawsHeads?.(config) || !heads) return null;
  return { chain: heads(config, seed), equation: (own, clock) => build(redrawn(config, clock), own) };
}

/** The time that a model shares with its transformer. */
export const clockOf = (config: ModelConfig): ModelClock =>
  modelEntryOf(config).clock?.(config) ?? "diffusive";

/** What a reader of the result must know of the model. */
export const describeModel = (
  config: ModelConfig,
  model: Model,
  run: { readonly horizon: number },
): Record<string, number | string> => ({
  model: model.name,
  calculus: model.calculus,
  channels: model.channels,
  ...modelEntryOf(config).describe?.(config, run),
});
