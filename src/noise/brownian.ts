import { checkOptions, checkValue, maybe, type Shape } from "../numerics/options.js";
import type { CommonNoise } from "../types.js";
import { MOST_CHANNELS } from "./areas/limits.js";
import type { AreaMethod, AreaSampler } from "./areas/method.js";
import { mrongowiusRoesslerArea } from "./areas/mrongowius-roessler.js";
import { termsNeeded } from "./areas/terms-needed.js";
import { dyadicNoise, type Finest } from "./dyadic.js";
import { stream, type RowStream } from "./stream.js";

export interface BrownianOptions {
  readonly seed: string;
  /** Index of the path within its ensemble. */
  readonly path: number;
  /** K */
  readonly channels: number;
  readonly horizon: number;
  /** Steps of the finest grid. */
  readonly steps: number;
  /**
   * How Lévy areas are drawn on the finest grid: Mrongowius–Rößler unless given, up to `MOST_CHANNELS` channels; null for
   * a noise that carries none. They cost nothing until one is asked for.
   */
  readonly area?: AreaMethod | null;
  /** Largest root mean-square error of one area on the finest grid. Default h^{3/2}: enough for strong order one. */
  readonly areaError?: number;
  /** Name of the random stream; the areas take `name/area`, so asking for them leaves the increments as they are. */
  readonly stream?: string;
}

const AREA_METHOD: Shape = {
  what: "a method itself, such as mrongowiusRoesslerArea, or null",
  members: { name: "string", order: "number", constant: "function", normals: "function", plan: "function" },
};

/**
 * One Brownian path in R^K, its increments N(0, h) on the finest grid drawn from the named stream at (path, step).
 * Coarser grids see the same path. Throws a RangeError on shapes that make no sense and on grids finer than `steps`.
 */
export function brownian(options: BrownianOptions): CommonNoise {
  checkOptions("brownian", options, {
    seed: "string",
    path: "number",
    channels: "number",
    horizon: "number",
    steps: "number",
    area: maybe("anything"),
    areaError: maybe("number"),
    stream: maybe("string"),
  });
  if (options.area) checkValue("brownian: area", options.area, AREA_METHOD);
  const { seed, path, channels, horizon, steps } = options;
  const method = options.area === undefined ? automatic(channels) : options.area;
  const name = options.stream ?? "common";
  const source = stream(seed, name);
  const h = horizon / steps;
  const root = Math.sqrt(h);
  const finest: Finest = {
    channels,
    horizon,
    steps,
    path,
    increment: planIncrements(source, path, channels, steps, root),
  };
  // Shapes are checked before anything is sized by them.
  const plain = dyadicNoise(finest);
  if (!method) return plain;

  const terms = termsNeeded(h, channels, options.areaError, method);
  const areaSource = stream(seed, `${name}/area`);
  let scratch: { readonly sample: AreaSampler; readonly normals: Float64Array } | undefined;
  return dyadicNoise({
    ...finest,
    area(step, dW, out) {
      scratch ??= {
        sample: method.plan(channels, terms),
        normals: new Float64Array(method.normals(channels, terms)),
      };
      areaSource.normals(path, step, scratch.normals);
      scratch.sample(h, dW, scratch.normals, out);
    },
  });
}

/** Numbers that are drawn ahead of those asked for. */
const AHEAD = 512;

/**
 * The finest increments by step: steps are asked for in turn, so whole blocks of them are drawn at once and kept until
 * another block's turn comes.
 */
function planIncrements(
  source: RowStream,
  path: number,
  K: number,
  steps: number,
  root: number,
): Finest["increment"] {
  const length = Math.min(steps, Math.max(1, Math.floor(AHEAD / K)));
  let block: Float64Array | undefined;
  let first = -1;

  const draw = (start: number): Float64Array => {
    block ??= new Float64Array(length * K);
    first = -1;
    source.rows(path, start, block.subarray(0, Math.min(length, steps - start) * K), K);
    for (let e = 0; e < block.length; e++) block[e] *= root;
    first = start;
    return block;
  };

  return (step, out) => {
    const start = step - (step % length);
    const drawn = start === first && block ? block : draw(start);
    const at = (step - start) * K;
    for (let k = 0; k < K; k++) out[k] = drawn[at + k];
  };
}

const automatic = (channels: number): AreaMethod | null =>
  channels <= MOST_CHANNELS ? mrongowiusRoesslerArea : null;
