import { checkOptions, maybe } from "../numerics/options.js";
import type { CommonNoise } from "../types.js";

/** No common noise: zero channels on `steps` intervals of [0, horizon]. For models whose law moves deterministically. */
export function silent(options: {
  readonly horizon: number;
  readonly steps: number;
  readonly path?: number;
}): CommonNoise {
  checkOptions("silent", options, { horizon: "number", steps: "number", path: maybe("number") });
  const { horizon, steps, path = 0 } = options;
  if (!(Number.isSafeInteger(steps) && steps >= 1 && horizon > 0 && horizon < Infinity)) {
    throw new RangeError(
      `silent noise: ${steps} steps to ${horizon}, want a positive integer and a positive number`,
    );
  }
  return { channels: 0, horizon, steps, path, increment: () => undefined };
}
