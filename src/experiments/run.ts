import { areaName, buildNoise, givesArea } from "../config/build-noise.js";
import { buildEvolution, buildProblem, gridOf } from "../config/build-evolution.js";
import { buildObservables } from "../config/build-observables.js";
import { describeModel } from "../config/build-model.js";
import type { Config } from "../config/config.js";
import { ensembleMean, type EnsembleMean } from "../studies/statistics.js";
import type { CommonNoise, Diagnostics, Evolution, Measure, Observable } from "../types.js";
import { simulate, Stopped, type Trajectory } from "../../solvers/simulate.js";
import { finalOf, type Final } from "./final-state.js";
import { onlyFinite, type Stop } from "./stop.js";

/** One series: NaN-free numbers; `stderr` is null where a single path leaves nothing to estimate it from. */
export type Series = {
  readonly time: readonly number[];
  readonly mean: readonly number[];
  readonly stderr: readonly (number | null)[];
};

/** What a run found, as plain numbers that JSON and another thread can carry. */
export interface RunNumbers {
  readonly observables: Readonly<Record<string, Series>>;
  readonly diagnostics: Diagnostics;
  /** With one path only, while it is finite. */
  readonly final?: Final;
  /** Set when the run ended early: everything until then is kept. */
  readonly stopped?: RunStop;
}

/** How far a run came: in paths, or in steps when there is one path. */
export type RunStop = Stop & {
  readonly path: number;
  readonly time: number;
  /** What was seen of the path that could not be finished. In no mean, but for that of a first path. */
  readonly observables?: Readonly<
    Record<string, { readonly time: readonly number[]; readonly value: readonly number[] }>
  >;
};

export interface RunOptions {
  /** Called after every path, or after every step when there is only one. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked after every step: true ends the run there with what it has. */
  readonly stopping?: () => boolean;
}

/** Runs a configuration: the ensemble's means with standard errors, and what a reader must know to trust them. */
export function runNumbers(config: Config, options: RunOptions = {}): RunNumbers {
  const problem = buildProblem(config);
  const { model } = problem;
  const built = buildEvolution(problem);
  const { evolution } = built;
  const { horizon, steps, every, finest = steps } = gridOf(config);

  begin(evolution);
  const observe = buildObservables(config, evolution.law);
  const area = givesArea(config, evolution, { channels: model.channels, steps: finest });
  const commuting = evolution.commuting?.();
  const shape = { channels: model.channels, horizon, steps: finest, area };
  const { observables, paths, stopped } = followPaths(config, options, {
    evolution,
    observe,
    steps,
    every,
    area,
    noise: (path) => buildNoise(config, shape, path),
  });
  const single = config.ensemble.paths === 1 && paths === 1 && isFinite(evolution.law);
  return {
    observables,
    diagnostics: onlyFinite({
      ...describeModel(config.model, model, { horizon }),
      solver: config.solver.kind,
      paths,
      steps,
      ...evolution.diagnostics(),
      ...(commuting !== undefined && { commuting, area: areaName(config, area) }),
    }),
    ...(single && { final: finalOf(evolution, built.density?.() ?? null) }),
    ...(stopped && { stopped }),
  };
}

/** Where it starts. A start that cannot be is told by the run itself, which ends there. */
function begin(evolution: Evolution): void {
  try {
    evolution.reset(0);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

interface Run {
  readonly evolution: Evolution;
  readonly observe: Readonly<Record<string, Observable>>;
  readonly steps: number;
  readonly every: number;
  readonly area: boolean;
  readonly noise: (path: number) => CommonNoise;
}

interface Followed {
  readonly observables: Readonly<Record<string, Series>>;
  readonly paths: number;
  readonly stopped?: RunStop;
}

/** Path after path until all are done, one ends early, or the run is to stop. */
function followPaths(
  { ensemble }: Config,
  { onProgress, stopping }: RunOptions,
  { evolution, observe, steps, every, area, noise }: Run,
): Followed {
  const single = ensemble.paths === 1;
  const means = ensembleMean();
  const names = Object.keys(observe);
  let times: readonly number[] = [];
  for (let path = 0; path < ensemble.paths; path++) {
    let taken = 0;
    const trajectory = simulate({
      evolution,
      noise: noise(path),
      steps,
      area,
      observe,
      every,
      stopping,
      onStep(step) {
        taken = step;
        if (single) onProgress?.(step, steps);
      },
    });
    if (!trajectory.stopped) {
      times = trajectory.times;
      means.add(trajectory.values);
      if (!single) onProgress?.(path + 1, ensemble.paths);
      continue;
    }
    const { time, cause, interrupted } = trajectory.stopped;
    const far = single
      ? { done: taken, of: steps, unit: "steps" }
      : { done: path, of: ensemble.paths, unit: "paths" };
    // Of a single path, or a first one, what was seen is all there is.
    if (path === 0) {
      times = trajectory.times;
      if (times.length > 0) means.add(trajectory.values);
    }
    return {
      observables: seriesOf(names, times, means),
      paths: Math.max(path, times.length > 0 ? 1 : 0),
      stopped: {
        ...far,
        path,
        time,
        cause,
        ...(interrupted && { interrupted }),
        ...(!single && trajectory.times.length > 0 && { observables: partOf(trajectory) }),
      },
    };
  }
  return { observables: seriesOf(names, times, means), paths: ensemble.paths };
}

/** The means over time. Where a spread is too large for a number, its standard error is null like one of a single path. */
const seriesOf = (
  names: readonly string[],
  time: readonly number[],
  means: EnsembleMean,
): Record<string, Series> =>
  Object.fromEntries(
    names.map((name) => {
      const { mean, stderr } = means.result(name);
      return [name, { time, mean, stderr: stderr.map((e) => (Number.isFinite(e) ? e : null)) }];
    }),
  );

const partOf = ({ times, values }: Trajectory): RunStop["observables"] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { time: times, value }]));

const isFinite = ({ points, weights }: Measure): boolean =>
  points.every(Number.isFinite) && weights.every(Number.isFinite);
