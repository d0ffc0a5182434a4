import { commutes } from "../src/models/commutes.js";
import { brownian } from "../src/noise/brownian.js";
import type { AreaMethod } from "../src/noise/areas/method.js";
import { mrongowiusRoessler } from "../src/noise/areas/mrongowius-roessler.js";
import { recorded } from "../src/noise/recorded.js";
import type { CommonNoise, Measure, Model, Scheme } from "../src/types.js";
import { particles, type Idiosyncratic } from "./particles.js";
import { simulate } from "./simulate.js";

export interface PathNoise {
  readonly seed: string;
  /** K */
  readonly channels: number;
  readonly horizon: number;
  /** Steps of the finest grid, which no level of a study may exceed. */
  readonly steps: number;
  /** How Lévy areas are drawn on the finest grid (Mrongowius–Rößler unless given); null for a noise without any. */
  readonly area?: AreaMethod | null;
}

/**
 * The Brownian path of every number, its finest increments and areas drawn once and kept until another path is asked
 * for: a study solves one path at all its levels before it goes on.
 */
export function pathNoise({
  area = mrongowiusRoessler,
  ...options
}: PathNoise): (path: number) => CommonNoise {
  let latest: CommonNoise | undefined;
  return (path) => {
    if (latest?.path !== path) latest = recorded(brownian({ ...options, path, ...(area && { area }) }));
    return latest;
  };
}

export interface Pathwise {
  readonly model: Model;
  readonly scheme: Scheme;
  readonly initial: Measure | ((path: number) => Measure);
  readonly noise: (path: number) => CommonNoise;
  /** Whether the scheme gets Lévy areas; unless given, it gets them if it needs them for this model. */
  readonly area?: boolean;
  readonly idiosyncratic?: Idiosyncratic;
}

/** Particles at the horizon, [n,d], after `steps` steps along path `path`: what a study of orders asks for. */
export function pathwise({
  noise,
  area,
  ...options
}: Pathwise): (steps: number, path: number) => Float64Array {
  const evolution = particles(options);
  const given = area ?? wantsArea(options.scheme, options.model, evolution.law);
  return (steps, path) => {
    const { stopped } = simulate({ evolution, noise: noise(path), steps, area: given });
    if (stopped) throw new RangeError(`path ${path}, ${steps} steps: ${stopped.cause}`);
    return evolution.law.points.slice();
  };
}

/** Whether a scheme needs the Lévy area to reach its strong order on this model, started from this law. */
export function wantsArea(scheme: Scheme, model: Model, law: Measure): boolean {
  return scheme.needsArea === "unless-commuting" && !commutes(model, law);
}
