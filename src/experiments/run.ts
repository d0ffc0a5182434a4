import { areaName, buildNoise, givesArea } from "../config/build-noise.js";
import { buildEvolution, buildProblem, gridOf } from "../config/build-evolution.js";
import { buildObservables } from "../config/build-observables.js";
import { describeModel } from "../config/build-model.js";
import type { Config } from "../config/config.js";
import { runningMoments, totalOf } from "../studies/moments.js";
import { standardErrors } from "../studies/statistics.js";
import type { CommonNoise, Diagnostics, Evolution, Measure, Observable } from "../types.js";
import { simulate, Stopped, type Trajectory } from "../../solvers/simulate.js";
import { finalOf, type Final } from "./final-state.js";
import type { RunBlock, RunStop } from "./run-block.js";
import { onlyFinite } from "./stop.js";

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

export interface RunOptions {
  /** Called after every path with the number of finished ones, or after every step when there is only one. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked after every step: true ends the run there with what it has. */
  readonly stopping?: () => boolean;
}

/** Runs a configuration: the ensemble's means with standard errors, and what a reader must know to trust them. */
export const runNumbers = (config: Config, options: RunOptions = {}): RunNumbers =>
  blockNumbers(config, runBlock(config, 0, config.ensemble.paths, options));

/**
 * Runs the paths from .. to - 1 of a configuration: a thread's share, which `mergeBlocks` puts together with the others'. Throws
 * a RangeError for paths that the configuration does not have.
 */
export const runBlock = (config: Config, from: number, to: number, options: RunOptions = {}): RunBlock =>
  planRun(config)(from, to, options);

/** The numbers of a run, from the one block of all its paths, or of those before it ended. */
export function blockNumbers(config: Config, block: RunBlock): RunNumbers {
  const { to, times, moments, seen, diagnostics, final, stopped } = block;
  const names = [...new Set(config.observe)];
  const total = totalOf(moments);
  const errors = standardErrors(moments);
  const series = (name: string, at: number): Series => {
    if (seen) return { time: seen.times, mean: seen.values[name], stderr: seen.times.map(() => null) };
    const part = (of: Float64Array | undefined): number[] =>
      of ? [...of.subarray(at * times.length, (at + 1) * times.length)] : [];
    return {
      time: times,
      mean: part(total?.mean),
      // One path has none, and a spread may be too large for a number.
      stderr: part(errors ?? undefined).map((e) => (Number.isFinite(e) ? e : null)),
    };
  };
  return {
    observables: Object.fromEntries(names.map((name, at) => [name, series(name, at)])),
    diagnostics: { ...diagnostics, paths: seen && seen.times.length > 0 ? 1 : to },
    ...(final && { final }),
    ...(stopped && { stopped }),
  };
}

/** A run, planned once for any number of blocks, none of whose paths is in two of them. */
export type PlannedRun = (from: number, to: number, options?: RunOptions) => RunBlock;

export function planRun(config: Config): PlannedRun {
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
  const unresolved = (): number => Number(evolution.diagnostics().unresolvedPaths ?? 0);
  return (from, to, options = {}) => {
    const before = unresolved();
    const followed = followPaths(config, [from, to], options, {
      evolution,
      observe,
      steps,
      every,
      area,
      noise: (path) => buildNoise(config, shape, path),
    });
    const single = config.ensemble.paths === 1 && (followed.to === 1 || followed.seen?.times.length);
    const said = evolution.diagnostics();
    return {
      ...followed,
      diagnostics: onlyFinite({
        ...describeModel(config.model, model, { horizon }),
        solver: config.solver.kind,
        steps,
        ...said,
        ...(said.unresolvedPaths !== undefined && { unresolvedPaths: unresolved() - before }),
        ...(commuting !== undefined && { commuting, area: areaName(config, area) }),
      }),
      ...(single && isFinite(evolution.law) && { final: finalOf(evolution, built.density?.() ?? null) }),
    };
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

/** Path after path until all are done, one ends early, or the run is to stop. */
function followPaths(
  { ensemble }: Config,
  [from, to]: readonly [from: number, to: number],
  { onProgress, stopping }: RunOptions,
  { evolution, observe, steps, every, area, noise }: Run,
): Omit<RunBlock, "diagnostics"> {
  const { paths } = ensemble;
  if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from < to && to <= paths))
    throw new RangeError(`run: paths from ${from} up to ${to}, want some of the ${paths} there are`);
  const single = paths === 1;
  const means = runningMoments(from);
  let times: readonly number[] = [];
  for (let path = from; path < to; path++) {
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
      means.add(Object.values<readonly number[]>(trajectory.values).flat());
      if (!single) onProgress?.(path + 1 - from, paths);
      continue;
    }
    const { time, cause, interrupted } = trajectory.stopped;
    const far = single ? { done: taken, of: steps, unit: "steps" } : { done: path, of: paths, unit: "paths" };
    return {
      from,
      to: path,
      ended: true,
      times,
      moments: means.moments(),
      ...(path === 0 && { seen: { times: trajectory.times, values: trajectory.values } }),
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
  return { from, to, times, moments: means.moments() };
}

const partOf = ({ times, values }: Trajectory): RunStop["observables"] =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { time: times, value }]));

const isFinite = ({ points, weights }: Measure): boolean =>
  points.every(Number.isFinite) && weights.every(Number.isFinite);
