import {
  buildEvolution,
  buildProblem,
  gridOf,
  type ConfiguredProblem,
} from "../../config/build-evolution.js";
import { buildNoise, givesArea } from "../../config/build-noise.js";
import { buildObservables } from "../../config/build-observables.js";
import type { Config } from "../../config/config.js";
import type { Built, Grid } from "../../config/contract/solver-entry.js";
import type { CommonNoise, Measure, Observable } from "../../types.js";
import { Stopped } from "../../../solvers/simulate.js";

/** A run that is ready to be sampled. */
export interface Prepared {
  readonly config: Config;
  readonly problem: ConfiguredProblem;
  readonly built: Built;
  readonly grid: Grid & { readonly finest: number };
  readonly area: boolean;
  /** The numbers that are observed, in the order of their names. */
  readonly read: (law: Measure) => readonly number[];
  readonly names: readonly string[];
  /** The common noise of a path, on the grid of the run or on another. */
  readonly noise: (path: number, steps?: number) => CommonNoise;
}

/** A run at its start. Throws a ConfigError like the run itself. */
export function prepare(config: Config): Prepared {
  const problem = buildProblem(config);
  const built = buildEvolution(problem);
  const { evolution } = built;
  const grid = gridOf(config);
  const { horizon, steps, finest = steps } = grid;
  const { channels } = problem.model;
  try {
    evolution.reset(0);
  } catch (error) {
    // The first path says so again, with the time.
    if (!(error instanceof Stopped)) throw error;
  }
  const observe = buildObservables(config, evolution.law);
  const area = givesArea(config, evolution, { channels, steps: finest });
  const observables: readonly Observable[] = Object.values(observe);
  return {
    config,
    problem,
    built,
    grid: { ...grid, finest },
    area,
    read: (law) => observables.map((of) => of(law)),
    names: Object.keys(observe),
    noise: (path, on = finest) => buildNoise(config, { channels, horizon, steps: on, area }, path),
  };
}
