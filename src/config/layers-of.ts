import { ConfigError } from "./contract/config-error.js";
import type { ModelClock } from "./contract/model-entry.js";

/** The layers of a transformer. */
interface Layers {
  readonly eta: number;
  readonly heads: number;
  readonly layers: number;
}

/**
 * The layers that reach the horizon: as many as are asked for, or those of the model's clock, which must be whole.
 * Throws a ConfigError where they are not.
 */
export function layersOf(
  clock: ModelClock,
  asked: { readonly heads: number; readonly layers: number },
  horizon: number,
): Layers {
  if (clock === "diffusive") return { ...asked, eta: Math.sqrt((horizon * asked.heads) / asked.layers) };
  const layers = Math.round(horizon / clock.eta);
  if (!(layers >= 1 && Math.abs(layers * clock.eta - horizon) <= 1e-9 * horizon)) {
    throw new ConfigError(
      `solver.horizon: ${horizon} is ${Number((horizon / clock.eta).toPrecision(6))} layers of model.clock.eta ${clock.eta}; want a whole number of them, or agree.transformer null`,
    );
  }
  return { eta: clock.eta, heads: clock.heads ?? asked.heads, layers };
}
