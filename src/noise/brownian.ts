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
  const draw = drawAhead(source, path, channels, steps);
  const finest: Finest = {
    channels,
    horizon,
    steps,
    path,
    increment(step, out) {
      draw(step, out);
      for (let k = 0; k < channels; k++) out[k] *= root;
    },
  };
  // Shapes are checked before anything is sized by them.
  const plain = dyadicNoise(finest);
  if (!method) return plain;

  const terms = termsNeeded(h, channels, options.areaError, method);
  const planArea = (): AreaScratch => {
    const count = method.normals(channels, terms);
    return {
      sample: method.plan(channels, terms),
      normals: new Float64Array(count),
      draw: drawAhead(stream(seed, `${name}/area`), path, count, steps),
    };
  };
  let scratch: AreaScratch | undefined;
  return dyadicNoise({
    ...finest,
    area(step, dW, out) {
      scratch ??= planArea();
      scratch.draw(step, scratch.normals);
      scratch.sample(h, dW, scratch.normals, out);
    },
  });
}

/** What the areas need, once one is asked for. */
interface AreaScratch {
  readonly sample: AreaSampler;
  readonly normals: Float64Array;
  draw(step: number, out: Float64Array): void;
}

/** Numbers that are drawn ahead of those asked for. */
const AHEAD = 512;

/** So many numbers of one step are drawn as soon by themselves. */
const WIDE = 64;

/**
 * The `width` normals of every step, into `out`. Steps are asked for in turn, so a block of them is drawn at once and kept
 * until another block's turn comes.
 */
function drawAhead(
  source: RowStream,
  path: number,
  width: number,
  steps: number,
): (step: number, out: Float64Array) => void {
  const length = Math.min(steps, Math.floor(AHEAD / width));
  if (width >= WIDE || length < 2) return (step, out) => source.normals(path, step, out);
  let block: Float64Array | undefined;
  let first = -length;

  const draw = (start: number): Float64Array => {
    block ??= new Float64Array(length * width);
    first = -length;
    source.rows(path, start, block.subarray(0, Math.min(length, steps - start) * width), width);
    first = start;
    return block;
  };

  return (step, out) => {
    const kept = step >= first && step < first + length ? block : undefined;
    const drawn = kept ?? draw(step - (step % length));
    const at = (step - first) * width;
    for (let c = 0; c < width; c++) out[c] = drawn[at + c];
  };
}

const automatic = (channels: number): AreaMethod | null =>
  channels <= MOST_CHANNELS ? mrongowiusRoesslerArea : null;
