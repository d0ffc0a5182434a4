import type { ModelClock } from "./contract/model-entry.js";

/** The layers of a transformer. */
interface Layers {
  readonly eta: number;
  readonly heads: number;
  readonly layers: number;
}

/** The layers that reach the horizon, or come nearest to it: as many as are asked for, or those of the model's clock. */
export function layersOf(
  clock: ModelClock,
  asked: { readonly heads: number; readonly layers: number },
  horizon: number,
): Layers {
  if (clock === "diffusive") return { ...asked, eta: Math.sqrt((horizon * asked.heads) / asked.layers) };
  const layers = Math.max(1, Math.round(horizon / clock.eta));
  return { eta: clock.eta, heads: clock.heads ?? asked.heads, layers };
}
