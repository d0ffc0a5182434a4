import { isPowerOfTwo } from "../numerics/powers-of-two.js";
import { gridOf } from "./build-evolution.js";
import { checkTable } from "./build-noise.js";
import { clockOf } from "./build-model.js";
import { checkObservables } from "./build-observables.js";
import type { Config, InitialConfig, ModelConfig, SolverConfig } from "./config.js";
import { checkAll, refuse } from "./contract/config-error.js";
import { LARGEST } from "./contract/keys.js";
import { initialEntryOf, INITIALS, modelEntryOf, solverEntryOf } from "./entries.js";

/**
 * What a schema cannot say: rules that tie one key to another. Throws a ConfigError with every fault by the key's path.
 * Where parts of a configuration are missing, the rules that need them are left out.
 */
export function checkConfig({ model, initial, solver, noise, ensemble, observe }: Partial<Config>): void {
  checkAll([
    () => model && modelEntryOf(model).check?.(model),
    () => model && initial && checkHome(model, initial),
    () => initial && solver && checkStart(initial, solver),
    () => model && solver && checkClock(model, solver),
    () => model && solver && checkSolver(model, solver),
    () => model && observe && checkObservables({ model, observe }, tokensOf(initial, solver)),
    () => model && solver && checkFinest(model, solver, noise),
    () => noise && checkNoise({ noise, model, solver, ensemble }),
  ]);
}

/** An initial law and where it lives. */
function checkHome(model: ModelConfig, initial: InitialConfig): void {
  const { dimension } = model;
  const { manifold = "sphere" } = modelEntryOf(model);
  const entry = initialEntryOf(initial);
  if (manifold === "euclidean" && !entry.euclidean) {
    refuse(
      "initial.kind",
      `"${initial.kind}" is a law on the sphere, and model.name "${model.name}" lives in R^${dimension}; want ${kinds(({ euclidean }) => euclidean)}`,
    );
  }
  entry.check?.(initial, { dimension, manifold });
}

/** An initial law and what moves it. */
function checkStart(initial: InitialConfig, solver: SolverConfig): void {
  const { starts } = solverEntryOf(solver);
  const entry = initialEntryOf(initial);
  if (starts === "tokens" && entry.tokens(initial) === undefined) {
    refuse(
      "initial.tokens",
      `is missing, and solver.kind "${solver.kind}" moves tokens; want a whole number of at least 1`,
    );
  }
  if (starts === "density" && !entry.hasDensity) {
    refuse(
      "initial.kind",
      `"${initial.kind}" has no density for solver.kind "${solver.kind}"; want ${kinds(({ hasDensity }) => hasDensity)}`,
    );
  }
}

/**
 * n, where a fixed number of tokens moves and is known: a density has as many points as its transform has nodes, and a file
 * that was not read has some.
 */
const tokensOf = (initial?: InitialConfig, solver?: SolverConfig): number | undefined =>
  initial && solver && solverEntryOf(solver).starts === "tokens"
    ? initialEntryOf(initial).tokens(initial) || undefined
    : undefined;

/** The kinds of initial laws that have a property, in words. */
const kinds = (has: (entry: (typeof INITIALS)[number]) => boolean): string =>
  INITIALS.filter(has)
    .map(({ kind }) => `"${kind}"`)
    .join(" or ");

/** Steps whose root and square are numbers. */
function checkClock(model: ModelConfig, solver: SolverConfig): void {
  const { horizon, steps } = gridOf({ model, solver });
  const path = "horizon" in solver ? "solver.horizon" : "eta" in solver ? "solver.eta" : "solver";
  if (!(horizon <= LARGEST)) refuse(path, `makes a horizon of ${horizon}, want at most ${LARGEST}`);
  if (!(horizon / steps >= 1 / LARGEST)) {
    refuse(path, `makes steps of length ${horizon / steps}, want at least ${1 / LARGEST}`);
  }
}

function checkFinest(model: ModelConfig, solver: SolverConfig, noise?: Config["noise"]): void {
  const { steps, finest } = gridOf({ model, solver });
  if (finest === undefined) return;
  if (!isPowerOfTwo(finest / steps)) {
    refuse(
      "solver.finest",
      `is ${finest}, which is not solver.steps ${steps} doubled some number of times: a path coarsens by halves`,
    );
  }
  if (noise && noise.kind !== "brownian") {
    refuse(
      "solver.finest",
      "has no meaning beside a given path, whose rows are its finest grid; leave it out",
    );
  }
}

function checkSolver(model: ModelConfig, solver: SolverConfig): void {
  const entry = solverEntryOf(solver);
  const drawsHeads = modelEntryOf(model).drawsHeads?.(model) ?? false;
  checkAll([
    () => {
      if (entry.starts === "density" && model.dimension > 3) {
        refuse(
          "model.dimension",
          `${model.dimension} is too high for solver.kind "${solver.kind}"; want 2 or 3`,
        );
      }
    },
    () => entry.check?.(solver, { drawsHeads, clock: clockOf(model) }),
  ]);
}

function checkNoise({
  noise,
  model,
  solver,
  ensemble,
}: Pick<Config, "noise"> & Partial<Pick<Config, "model" | "solver" | "ensemble">>): void {
  if (noise.kind === "brownian") return;
  checkAll([
    () => {
      if (model && modelEntryOf(model).channels?.(model) === 0) {
        refuse("noise", `model.name "${model.name}" has no common noise as it is given; leave it out`);
      }
    },
    () => {
      if (solver && !solverEntryOf(solver).followsPath) {
        refuse("noise", `solver.kind "${solver.kind}" draws its own weights; leave the noise out`);
      }
    },
    () => {
      if (ensemble && ensemble.paths !== 1) {
        refuse("ensemble.paths", `is ${ensemble.paths}, want 1: a given path is a single one`);
      }
    },
    () => {
      if (noise.kind !== "table" || !model || !solver || !solverEntryOf(solver).followsPath) return;
      const channels = modelEntryOf(model).channels?.(model);
      if (channels === undefined || channels === 0) return;
      checkTable(noise, { channels, ...gridOf({ model, solver }) });
    },
  ]);
}
