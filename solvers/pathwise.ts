import { brownian } from "../src/noise/brownian.js";
import type { AreaMethod } from "../src/noise/areas/method.js";
import { recorded } from "../src/noise/recorded.js";
import type { CommonNoise, Diagnostics, Model, Scheme } from "../src/types.js";
import type { AreaChoice } from "./area.js";
import { particles, type Idiosyncratic } from "./particles.js";
import { simulate, Stopped } from "./simulate.js";
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
}

/** Solves one path: particles at the horizon, [n,d], after `steps` steps along path `path`. */
export interface PathSolution {
  (steps: number, path: number): Float64Array;
  /** The strong order it has, and what else a reader must know of the solutions so far. */
  diagnostics(): Diagnostics;
}

/** What a study of orders asks for: a scheme's terminal points, path by path and level by level. */
export function pathwise({ noise, area, ...options }: Pathwise): PathSolution {
  const evolution = particles(options);
  const solve = (steps: number, path: number): Float64Array => {
    const { stopped } = simulate({ evolution, noise: noise(path), steps, area, every: steps });
    if (stopped) throw new Stopped(`path ${path}, ${steps} steps: ${stopped.cause}`, stopped);
    return evolution.law.points.slice();
  };
  return Object.assign(solve, { diagnostics: () => evolution.diagnostics() });
}
