import { commutes } from "../../models/commutes.js";
import { mrongowiusRoessler } from "../../noise/areas/mrongowius-roessler.js";
import { termsNeeded } from "../../noise/areas/terms-needed.js";
import { recorded } from "../../noise/recorded.js";
import { stream } from "../../noise/stream.js";
import type { InitialLaw } from "../../laws/law.js";
import type { CommonNoise, Evolution, Measure, Model, Scheme } from "../../types.js";
import { particles } from "../../../solvers/particles.js";
import { simulate } from "../../../solvers/simulate.js";
import { buildEvolution, buildScheme, type SchemeName } from "../build-evolution.js";
import { buildInitialLaw, buildTokens } from "../build-initial.js";
import { buildModel } from "../build-model.js";
import { buildNoise } from "../build-noise.js";
import { ConfigError } from "../../config/config-error.js";
import type { Config, SolverConfig } from "../../config/config.js";

/** A solver that follows a given Brownian path. */
export type PathSolver = Exclude<SolverConfig, { kind: "transformer" }>;

export interface Problem {
  readonly config: Config;
  readonly solver: PathSolver;
  readonly model: Model;
  readonly law: InitialLaw;
  readonly tokens: (path: number) => Measure;
}

/** Model and initial law of a study along paths. Throws a ConfigError for a transformer, which has no path to follow. */
export function pathProblem(config: Config): Problem {
  const { solver } = config;
  if (solver.kind === "transformer") {
    throw new ConfigError(
      'solver.kind: "transformer" draws its own weights and follows no path; want "particles", or the study "transformer"',
    );
  }
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed);
  const law = buildInitialLaw(config.initial, model.dimension, model.manifold);
  return { config, solver, model, law, tokens: buildTokens(config.initial, law, seed) };
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
}

/** `finest` is the number of steps of the grid on which all randomness is drawn. */
export function buildMethod(problem: Problem, solver: PathSolver, finest: number): Method {
  const { config, model, law, tokens } = problem;
  let evolution: Evolution;
  let scheme: Scheme | undefined;
  if (solver.kind === "particles") {
    scheme = buildScheme(solver.scheme, solver.substeps);
    const source = stream(config.ensemble.seed, "idiosyncratic");
    evolution = particles({
      model,
      scheme,
      initial: tokens,
      ...(solver.kappa > 0 && {
        idiosyncratic: { kappa: solver.kappa, stream: source, finest: solver.horizon / finest },
      }),
    });
  } else {
    ({ evolution, scheme } = buildEvolution({ ...config, solver }, model, law, tokens));
  }
  evolution.reset(0);
  const commuting = commutes(model, evolution.law);
  const wants = scheme?.needsArea === "unless-commuting" && !commuting;
  const area = wants && solver.area === "auto";
  const order = commuting || area ? (scheme?.strongOrder ?? 1) : (scheme?.strongOrderWithoutArea ?? 0.5);
  const carrier = solver.kind === "particles" ? "" : `${solver.kind} by `;
  return { evolution, solver, area, order, name: carrier + solver.scheme + (area ? " with Lévy area" : "") };
}

/** The solver that judges another: the other order-one scheme unless one is named, with the area; characteristics for a density. */
export function judgeOf(solver: PathSolver, named: SchemeName | null, area: PathSolver["area"]): PathSolver {
  const other = solver.kind !== "density" && solver.scheme === "milstein" ? "flow" : "milstein";
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
export function keptNoise(problem: Problem, steps: number, area: boolean): (path: number) => CommonNoise {
  const { config, solver, model } = problem;
  const shape = { channels: model.channels, horizon: solver.horizon, steps, area };
  let latest: CommonNoise | undefined;
  return (path) => {
    if (latest?.path === path) return latest;
    const drawn = buildNoise(config, shape, path);
    return (latest = model.channels > 0 ? recorded(drawn) : drawn);
  };
}

/** The law at the horizon, shared with the evolution: read it before the next run. A RangeError when a path ends early. */
export function terminal(
  { evolution, area }: Method,
  noise: (path: number) => CommonNoise,
): (steps: number, path: number) => Measure {
  return (steps, path) => {
    const { stopped } = simulate({ evolution, noise: noise(path), steps, area, every: steps });
    if (stopped) {
      throw new RangeError(`path ${path} with ${steps} steps ended at t = ${stopped.time}: ${stopped.cause}`);
    }
    return evolution.law;
  };
}

/** One path with a noise drawn on its own grid. */
export const runAlone =
  (problem: Problem, { evolution, area }: Method) =>
  (steps: number, path: number): void => {
    const { channels } = problem.model;
    const noise = buildNoise(
      problem.config,
      { channels, horizon: problem.solver.horizon, steps, area },
      path,
    );
    simulate({ evolution, noise, steps, area, every: steps });
  };

/** Random numbers one path draws on its own grid of `steps`: increments, areas, and the tokens' own noise. */
export function numbersDrawn({ model, solver }: Problem, { evolution, area }: Method, steps: number): number {
  const K = model.channels;
  const terms = area ? termsNeeded(solver.horizon / steps, K) : 0;
  const areas = area ? mrongowiusRoessler.normals(K, terms) : 0;
  const own = solver.kind === "particles" && solver.kappa > 0 ? evolution.law.points.length : 0;
  return steps * (K + areas + own);
}

/** What the reader of an order must know of the method. */
export function methodNotes({ solver, order }: Method): string[] {
  return [
    ...("scheme" in solver && order < 1 && (solver.scheme === "milstein" || solver.scheme === "flow")
      ? ["the fields do not commute and no Lévy area is used: strong order 1/2, not 1"]
      : []),
    ...("kappa" in solver && solver.kappa > 0
      ? [
          "tokens have noise of their own beside the common one; order one is claimed for the common noise only",
        ]
      : []),
  ];
}
