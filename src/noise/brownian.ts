import type { CommonNoise } from "../types.js";
import type { AreaMethod } from "./areas/method.js";
import { termsNeeded } from "./areas/terms-needed.js";
import { dyadicNoise, type Finest } from "./dyadic.js";
import { stream } from "./stream.js";

export interface BrownianOptions {
  readonly seed: string;
  /** Index of the path within its ensemble. */
  readonly path: number;
  /** K */
  readonly channels: number;
  readonly horizon: number;
  /** Steps of the finest grid. */
  readonly steps: number;
  /** How Lévy areas are drawn on the finest grid; without it the noise carries none. */
  readonly area?: AreaMethod;
  /** Largest root mean-square error of one area on the finest grid. Default h^{3/2}: enough for strong order one. */
  readonly areaError?: number;
  /** Name of the random stream; the areas take `name/area`, so asking for them leaves the increments as they are. */
  readonly stream?: string;
}

/**
 * One Brownian path in R^K, its increments N(0, h) on the finest grid drawn from the named stream at (path, step).
 * Coarser grids see the same path. Throws a RangeError on shapes that make no sense and on grids finer than `steps`.
 */
export function brownian(options: BrownianOptions): CommonNoise {
  const { seed, path, channels, horizon, steps, area: method } = options;
  const name = options.stream ?? "common";
  const source = stream(seed, name);
  const h = horizon / steps;
  const root = Math.sqrt(h);
  const finest: Finest = {
    channels,
    horizon,
    steps,
    path,
    increment(step, out) {
      source.normals(path, step, out);
      for (let k = 0; k < channels; k++) out[k] *= root;
    },
  };
  // Shapes are checked before anything is sized by them.
  const plain = dyadicNoise(finest);
  if (!method) return plain;

  const terms = termsNeeded(h, channels, options.areaError, method);
  const sample = method.plan(channels, terms);
  const normals = new Float64Array(method.normals(channels, terms));
  const areaSource = stream(seed, `${name}/area`);
  return dyadicNoise({
    ...finest,
    area(step, dW, out) {
      areaSource.normals(path, step, normals);
      sample(h, dW, normals, out);
    },
  });
}
