import * as initials from "./catalog/initials/index.js";
import * as models from "./catalog/models/index.js";
import * as solvers from "./catalog/solvers/index.js";
import type { InitialConfig, ModelConfig, SolverConfig } from "./config.js";
import type { InitialEntry } from "./contract/initial-entry.js";
import type { ModelEntry } from "./contract/model-entry.js";
import type { SolverEntry } from "./contract/solver-entry.js";

/** All entries of the catalog. */
export const MODELS: readonly ModelEntry[] = Object.values(models);
export const INITIALS: readonly InitialEntry[] = Object.values(initials);
export const SOLVERS: readonly SolverEntry[] = Object.values(solvers);

/** What the catalog says of the model, the initial law, the solver that a configuration names. */
export const modelEntryOf = (config: ModelConfig): ModelEntry =>
  MODELS.find(({ name }) => name === config.name)!;

export const initialEntryOf = (config: InitialConfig): InitialEntry =>
  INITIALS.find(({ kind }) => kind === config.kind)!;

export const solverEntryOf = (config: SolverConfig): SolverEntry =>
  SOLVERS.find(({ kind }) => kind === config.kind)!;
