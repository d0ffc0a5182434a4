import { termsNeeded } from "../../noise/areas/terms-needed.js";
import { mrongowiusRoesslerArea } from "../../noise/areas/mrongowius-roessler.js";
import { recorded } from "../../noise/recorded.js";
import type { CommonNoise, Evolution, Measure } from "../../types.js";
import { orderNote, orderOf } from "../../../solvers/area.js";
import { OWN_NOISE } from "../../../solvers/particles.js";
import { reached } from "../../../solvers/reached.js";
import { simulate, Stopped } from "../../../solvers/simulate.js";
import { alone } from "./alone.js";
import { buildEvolution, buildProblem, type ConfiguredProblem } from "../../config/build-evolution.js";
import { buildNoise, givesArea } from "../../config/build-noise.js";
import type { SchemeName } from "../../config/catalog/solvers/scheme.js";
import type { Config, SolverConfig } from "../../config/config.js";
import { ConfigError } from "../../config/contract/config-error.js";
import { solverEntryOf } from "../../config/entries.js";
import { isPowerOfTwo } from "../../numerics/powers-of-two.js";

/** A solver that follows a given Brownian path by a scheme. */
export type PathSolver = Extract<SolverConfig, { scheme: string }>;

export interface Problem extends ConfiguredProblem {
  readonly solver: PathSolver;
}

/** Model and initial law of a study along paths. Throws a ConfigError for a transformer, which has no path to follow. */
export function pathProblem(config: Config): Problem {
  const { solver } = config;
  if (!("scheme" in solver)) {
    const why = solverEntryOf(solver).followsPath
      ? "is stepped by no scheme"
      : "draws its own weights and follows no path";
    throw new ConfigError(
      `solver.kind: "${solver.kind}" ${why}; want "particles", or the study "transformer"`,
    );
  }
  return { ...buildProblem(config), solver };
}

/** A solver ready to run, and what it promises here. */
export interface Method {
  readonly evolution: Evolution;
  readonly solver: PathSolver;
  /** Whether it is given Lévy areas. */
  readonly area: boolean;
  /** Its strong order in the common noise, with or without the area as it is. */
  readonly order: number;
  readonly name: string;
  /** What the reader of an order must know of it. */
  readonly notes: readonly string[];
}

/** At its initial law. One that cannot be stops the study in its first path, not here. */
function start(evolution: Evolution): void {
  try {
    evolution.reset(0);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

/** What the reader of an order must know of a density with kappa. */
const SPLIT =
  "the diffusion by kappa is split from the noise: order one is claimed for the common noise only";

/**
 * Steps of the grid on which all randomness is drawn: the study's own finest, or the configuration's. Throws a ConfigError
 * where the latter is no refinement of the former.
 */
function drawnOn({ solver }: Problem, finest: number): number {
  const grid = solver.finest ?? finest;
  if (!isPowerOfTwo(grid / finest)) {
    throw new ConfigError(
      `solver.finest: ${grid} steps do not refine the study's own finest ${finest}; want that number doubled some number of times, or leave it out`,
    );
  }
  return grid;
}

/** `steps` is the number of steps of the study's finest grid. */
export function buildMethod(problem: Problem, solver: PathSolver, steps: number): Method {
  const finest = drawnOn(problem, steps);
  const { evolution } = buildEvolution(problem, { solver, finest });
  start(evolution);
  const shape = { channels: problem.model.channels, steps: finest };
  const area = givesArea({ ...problem.config, solver }, evolution, shape);
  const { scheme, commuting = () => true } = evolution;
  const common = scheme ? orderOf(scheme, commuting, area) : 1;
  const without = scheme ? orderNote(scheme, common) : null;
  const own = "kappa" in solver && solver.kappa > 0;
  const carrier = solver.kind === "particles" ? "" : `${solver.kind} by `;
  return {
    evolution,
    solver,
    area,
    order: own && solver.kind === "particles" ? Math.min(0.5, common) : common,
    name: carrier + solver.scheme + (area ? " with Lévy area" : ""),
    notes: [
      ...(without === null ? [] : [without]),
      ...(own ? [solver.kind === "particles" ? OWN_NOISE : SPLIT] : []),
    ],
  };
}

/** The solver that judges another: the other order-one scheme unless one is named, with the area; characteristics for a density. */
export function judgeOf(solver: PathSolver, named: SchemeName | null, area: PathSolver["area"]): PathSolver {
  const other = solver.kind !== "density" && solver.scheme === "milstein" ? "log-ode" : "milstein";
  const scheme = named ?? other;
  if (solver.kind !== "density") return { ...solver, scheme, area };
  if (solver.kappa > 0) {
    throw new ConfigError(
      `solver.kappa: ${solver.kappa} leaves the density without characteristics to be judged by; want 0, or study.reference "finest"`,
    );
  }
  const { horizon, steps, every, lmax } = solver;
  const degree = lmax === "auto" ? Math.min(solver.lmaxLimit ?? 85, 85) : lmax;
  return { kind: "characteristics", lmax: degree, scheme, horizon, steps, every, area, substeps: 1 };
}

/** The noise of every path on the finest grid, drawn once and kept until another path is asked for. */
export function keptNoise(problem: Problem, finest: number, area: boolean): (path: number) => CommonNoise {
  const { config, solver, model } = problem;
  const steps = drawnOn(problem, finest);
  const shape = { channels: model.channels, horizon: solver.horizon, steps, area };
  let latest: CommonNoise | undefined;
  return (path) => {
    if (latest?.path === path) return latest;
    const drawn = buildNoise(config, shape, path);
    return (latest = model.channels > 0 ? recorded(drawn) : drawn);
  };
}

/** The law at the horizon, shared with the evolution: read it before the next run. `Stopped` when a path ends early. */
export function terminal(
  { evolution, area }: Method,
  noise: (path: number) => CommonNoise,
  stopping?: () => boolean,
): (steps: number, path: number) => Measure {
  return (steps, path) => {
    reached(simulate({ evolution, noise: noise(path), steps, area, every: steps, stopping }));
    return evolution.law;
  };
}

/** One path with a noise drawn on its own grid; whether it came to its end. */
export const runAlone = (problem: Problem, { evolution, area }: Method, stopping?: () => boolean) =>
  alone((steps, path) => {
    const { config, model, solver } = problem;
    const noise = buildNoise(
      config,
      { channels: model.channels, horizon: solver.horizon, steps, area },
      path,
    );
    reached(simulate({ evolution, noise, steps, area, every: steps, stopping }));
  });

/** Random numbers one path draws on its own grid of `steps`: increments, areas, and the tokens' own noise. */
export function numbersDrawn({ model, solver }: Problem, { evolution, area }: Method, steps: number): number {
  const K = model.channels;
  const terms = area ? termsNeeded(solver.horizon / steps, K) : 0;
  const areas = area ? mrongowiusRoesslerArea.normals(K, terms) : 0;
  const own = solver.kind === "particles" && solver.kappa > 0 ? evolution.law.points.length : 0;
  return steps * (K + areas + own);
}
