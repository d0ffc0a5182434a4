import { areaName, buildNoise, givesArea } from "../config/build-noise.js";
import { buildEvolution, buildProblem, gridOf } from "../config/build-evolution.js";
import { buildObservables } from "../config/build-observables.js";
import { describeModel } from "../config/build-model.js";
import type { Config } from "../config/config.js";
import type { Built } from "../config/contract/solver-entry.js";
import { ensembleMean } from "../studies/statistics.js";
import type { CommonNoise, Diagnostics, Observable } from "../types.js";
import { simulate, Stopped, type Trajectory } from "../../solvers/simulate.js";
import { finalOf, type Final } from "./final-state.js";

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
  /** With one path only. */
  readonly final?: Final;
  /** Set when a path ended early: everything until then is kept. */
  readonly stopped?: { readonly path: number; readonly time: number; readonly cause: string };
}

export interface RunOptions {
  /** Called after every path, or after every step when there is only one. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked after every path, or every step when there is only one: true ends the run there with what it has. */
  readonly stopping?: () => boolean;
}

const INTERRUPTED = "interrupted; everything computed until then is kept";

/** Runs a configuration: the ensemble's means with standard errors, and what a reader must know to trust them. */
export function runNumbers(config: Config, options: RunOptions = {}): RunNumbers {
  const problem = buildProblem(config);
  const { model } = problem;
  const built = buildEvolution(problem);
  const { evolution } = built;
  const { horizon, steps, every } = gridOf(config);

  try {
    evolution.reset(0);
  } catch (error) {
    // A start that cannot be: the first path ends there.
    if (!(error instanceof Stopped)) throw error;
  }
  const observe = buildObservables(config, evolution.law);
  const area = givesArea(config, evolution, { channels: model.channels, steps });
  const commuting = evolution.commuting?.();
  const shape = { channels: model.channels, horizon, steps, area };
  const { times, series, paths, stopped } = followPaths(config, options, {
    built,
    observe,
    horizon,
    steps,
    every,
    area,
    noise: (path) => buildNoise(config, shape, path),
  });
  return {
    observables: Object.fromEntries(
      Object.keys(observe).map((name) => [name, { time: times, ...series.result(name) }]),
    ),
    diagnostics: {
      ...describeModel(config.model, model),
      solver: config.solver.kind,
      paths,
      steps,
      ...evolution.diagnostics(),
      ...(commuting !== undefined && { commuting, area: areaName(config, area) }),
    },
    ...(config.ensemble.paths === 1 &&
      times.length > 0 && { final: finalOf(evolution, built.density?.() ?? null) }),
    ...(stopped && { stopped }),
  };
}

interface Run {
  readonly built: Built;
  readonly observe: Readonly<Record<string, Observable>>;
  readonly horizon: number;
  readonly steps: number;
  readonly every: number;
  readonly area: boolean;
  readonly noise: (path: number) => CommonNoise;
}

/** Path after path until all are done, one ends early, or the run is to stop. */
function followPaths(
  { ensemble }: Config,
  { onProgress, stopping }: RunOptions,
  { built, observe, horizon, steps, every, area, noise }: Run,
) {
  const single = ensemble.paths === 1;
  const series = ensembleMean();
  let paths = 0;
  let times: readonly number[] = [];
  let stopped: RunNumbers["stopped"];
  for (let path = 0; path < ensemble.paths && !stopped; path++) {
    let interruptedAt = NaN;
    const trajectory: Trajectory = simulate({
      evolution: built.evolution,
      noise: noise(path),
      steps,
      area,
      observe,
      every,
      onStep(step, time) {
        if (!single) return false;
        onProgress?.(step, steps);
        if (step === steps || !stopping?.()) return false;
        interruptedAt = time;
        return true;
      },
    });
    if (trajectory.stopped) stopped = { path, ...trajectory.stopped };
    if (!stopped || single) {
      times = trajectory.times;
      series.add(trajectory.values);
      paths++;
    }
    if (!single) {
      onProgress?.(path + 1, ensemble.paths);
      if (path + 1 < ensemble.paths && stopping?.()) interruptedAt = horizon;
    }
    if (!Number.isNaN(interruptedAt)) stopped ??= { path, time: interruptedAt, cause: INTERRUPTED };
  }
  return { times, series, paths, stopped };
}
