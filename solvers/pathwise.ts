import { brownian } from "../src/noise/brownian.js";
import type { AreaMethod } from "../src/noise/areas/method.js";
import { recorded } from "../src/noise/recorded.js";
import { checkOptions, maybe } from "../src/numerics/options.js";
import { MODEL, SCHEME, START } from "../src/numerics/shapes.js";
import type { CommonNoise, Diagnostics, Model, Scheme } from "../src/types.js";
import { AREA_CHOICES, type AreaChoice } from "./area.js";
import { particles, type Idiosyncratic } from "./particles.js";
import { reached } from "./reached.js";
import { simulate } from "./simulate.js";
import type { Start } from "./start.js";

export interface PathNoise {
  readonly seed: string;
  /** K */
  readonly channels: number;
  readonly horizon: number;
  /** Steps of the finest grid, which no level of a study may exceed. */
  readonly steps: number;
  /** How Lévy areas are drawn on the finest grid, as in `brownian`; null for a noise without any. */
  readonly area?: AreaMethod | null;
}

/**
 * The Brownian path of every number, its finest increments and areas drawn once and kept until another path is asked
 * for: a study solves one path at all its levels before it goes on.
 */
export function pathNoise(options: PathNoise): (path: number) => CommonNoise {
  checkOptions("pathNoise", options, {
    seed: "string",
    channels: "whole",
    horizon: "number",
    steps: "whole",
    area: maybe("anything"),
  });
  let latest: CommonNoise | undefined;
  return (path) => {
    if (latest?.path !== path) latest = recorded(brownian({ ...options, path }));
    return latest;
  };
}

export interface Pathwise {
  readonly model: Model;
  readonly scheme: Scheme;
  readonly initial: Start;
  readonly noise: (path: number) => CommonNoise;
  /** Whether the scheme is given Lévy areas, as in `simulate`: "auto" unless given. */
  readonly area?: AreaChoice | boolean;
  readonly idiosyncratic?: Idiosyncratic;
  /** Asked after every step: true ends the path there. */
  readonly stopping?: () => boolean;
}

/**
 * Solves one path: particles at the horizon, [n,d], after `steps` steps along path `path`. Throws `Stopped` for a path that
 * ends before the horizon, with its time.
 */
export interface PathSolution {
  (steps: number, path: number): Float64Array;
  /** The strong order it has, and what else a reader must know of the solutions so far. */
  diagnostics(): Diagnostics;
}

/** What a study of orders asks for: a scheme's terminal points, path by path and level by level. */
export function pathwise(options: Pathwise): PathSolution {
  checkOptions("pathwise", options, {
    model: MODEL,
    scheme: SCHEME,
    initial: START,
    noise: "function",
    area: maybe([...AREA_CHOICES, true, false]),
    idiosyncratic: maybe("object"),
    stopping: maybe("function"),
  });
  const { noise, area, stopping, ...problem } = options;
  const evolution = particles(problem);
  const solve = (steps: number, path: number): Float64Array => {
    reached(
      simulate({ evolution, noise: noise(path), steps, area, every: steps, stopping }),
      `path ${path}, ${steps} steps`,
    );
    return evolution.law.points.slice();
  };
  return Object.assign(solve, { diagnostics: () => evolution.diagnostics() });
}
