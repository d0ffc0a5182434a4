import type { Config } from "./config.js";
import { refuse } from "./contract/config-error.js";
import { gridOf } from "./build-evolution.js";
import { initialEntryOf, INITIALS, modelEntryOf, solverEntryOf } from "./entries.js";

/** What a schema cannot say: rules that tie one key to another. Throws a ConfigError naming the key's path. */
export function checkConfig(config: Config): void {
  modelEntryOf(config.model).check?.(config.model);
  checkInitial(config);
  checkSolver(config);
  checkFinest(config);
  checkNoise(config);
}

function checkInitial({ model, initial, solver }: Config): void {
  const { dimension } = model;
  const { manifold = "sphere" } = modelEntryOf(model);
  const { starts } = solverEntryOf(solver);
  const entry = initialEntryOf(initial);
  if (manifold === "euclidean" && !entry.euclidean) {
    refuse(
      "initial.kind",
      `"${initial.kind}" is a law on the sphere, and model.name "${model.name}" lives in R^${dimension}; want ${kinds(({ euclidean }) => euclidean)}`,
    );
  }
  entry.check?.(initial, { dimension, manifold });
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

/** The kinds of initial laws that have a property, in words. */
const kinds = (has: (entry: (typeof INITIALS)[number]) => boolean): string =>
  INITIALS.filter(has)
    .map(({ kind }) => `"${kind}"`)
    .join(" or ");

function checkSolver({ model, solver }: Config): void {
  const entry = solverEntryOf(solver);
  if (entry.starts === "density" && model.dimension > 3) {
    refuse("model.dimension", `${model.dimension} is too high for solver.kind "${solver.kind}"; want 2 or 3`);
  }
  const { drawsHeads, clock } = modelEntryOf(model);
  entry.check?.(solver, {
    drawsHeads: drawsHeads?.(model) ?? false,
    clock: clock?.(model) ?? "diffusive",
  });
}

function checkFinest(config: Config): void {
  const { steps, finest } = gridOf(config);
  if (finest === undefined) return;
  if (!(Number.isInteger(Math.log2(finest / steps)) && finest >= steps)) {
    refuse(
      "solver.finest",
      `is ${finest}, which is not solver.steps ${steps} doubled some number of times: a path coarsens by halves`,
    );
  }
  if (config.noise.kind !== "brownian") {
    refuse(
      "solver.finest",
      "has no meaning beside a given path, whose rows are its finest grid; leave it out",
    );
  }
}

function checkNoise({ noise, model, solver, ensemble }: Config): void {
  if (noise.kind === "brownian") return;
  if (modelEntryOf(model).commonNoise === false) {
    refuse("noise", `model.name "${model.name}" has no common noise; leave it out`);
  }
  if (!solverEntryOf(solver).followsPath) {
    refuse("noise", `solver.kind "${solver.kind}" draws its own weights; leave the noise out`);
  }
  if (ensemble.paths !== 1) {
    refuse("ensemble.paths", `is ${ensemble.paths}, want 1: a given path is a single one`);
  }
}
