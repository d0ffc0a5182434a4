import type { InitialLaw } from "../laws/law.js";
import type { Measure, Model } from "../types.js";
import { buildInitialLaw, buildTokens } from "./build-initial.js";
import { buildHeads, buildModel, clockOf } from "./build-model.js";
import type { Config, SolverConfig } from "./config.js";
import type { Built, Grid } from "./contract/solver-entry.js";
import { solverEntryOf } from "./entries.js";

/** What is solved: a model from an initial law. */
export interface ConfiguredProblem {
  readonly config: Config;
  readonly model: Model;
  readonly law: InitialLaw;
  readonly tokens: (path: number) => Measure;
}

/** Model and initial law of a configuration. */
export function buildProblem(config: Config): ConfiguredProblem {
  const { seed } = config.ensemble;
  const model = buildModel(config.model, seed);
  const law = buildInitialLaw(config.initial, model);
  return { config, model, law, tokens: buildTokens(config.initial, law, seed) };
}

/**
 * The evolution by the configuration's own solver, or by another. `finest` is the number of steps of the grid on which a
 * token's own noise is drawn, where runs with different steps are to share it; the configuration's own unless given.
 */
export function buildEvolution(
  { config, model, law, tokens }: ConfiguredProblem,
  {
    solver = config.solver,
    finest = gridOf(config).finest,
  }: { readonly solver?: SolverConfig; readonly finest?: number } = {},
): Built {
  const { seed } = config.ensemble;
  return solverEntryOf(solver).build(solver, {
    model,
    law,
    tokens,
    seed,
    heads: buildHeads(config.model, seed)?.chain ?? null,
    ...(finest !== undefined && { finest }),
  });
}

/** Horizon, steps and observed steps; a transformer's time is that of the model whose limit it has. */
export const gridOf = ({ solver, model }: Pick<Config, "solver" | "model">): Grid =>
  solverEntryOf(solver).grid(solver, clockOf(model));
