import type { Observable } from "../../types.js";
import { namedObservable } from "../../config/build-observables.js";
import { ConfigError } from "../../config/contract/config-error.js";
import { agreeDefaults, type AgreeConfig, type Config } from "../../config/config.js";
import { gridOf } from "../../config/build-evolution.js";
import { clockOf } from "../../config/build-model.js";
import { initialEntryOf } from "../../config/entries.js";
import { layersOf } from "../../config/layers-of.js";
import { isPowerOfTwo } from "../../numerics/powers-of-two.js";
import { checkRising } from "../rising.js";

/** Harmonic moments up to this degree are compared. */
export const DEGREES = 4;

/** Whether the law after this step is kept for a picture: at the start, at thirds, and at the end. */
export const isSnapshot = (step: number, steps: number): boolean =>
  [0, 1 / 3, 2 / 3, 1].some((share) => Math.round(share * steps) === step);

export type AgreeSettings = AgreeConfig & {
  readonly lmax: number;
  readonly substeps: number;
  readonly tokenSteps: number;
};

/**
 * What to compare. Throws a ConfigError for a configuration that has no density, for numbers of tokens that do not rise, for
 * token steps that do not divide the density's, and for a horizon that layers of the model's clock do not meet.
 */
export function agreeSettings(config: Config): AgreeSettings {
  const d = config.model.dimension;
  if (d > 3)
    throw new ConfigError(`model.dimension: ${d} is too high to hold against a density; want 2 or 3`);
  if (!initialEntryOf(config.initial).hasDensity) {
    throw new ConfigError(
      `initial.kind: "${config.initial.kind}" has no density to agree with; want "uniform" or "vmf"`,
    );
  }
  if ("kappa" in config.solver && config.solver.kappa > 0) {
    throw new ConfigError(
      `solver.kappa: ${config.solver.kappa} smooths the density and not its characteristics; want 0 to compare them`,
    );
  }
  const lmax = "lmax" in config.solver && config.solver.lmax !== "auto" ? config.solver.lmax : 15;
  const { steps } = gridOf(config);
  const settings = config.agree ?? agreeDefaults();
  checkRising("agree.tokens", settings.tokens);
  const { tokenSteps = steps } = settings;
  if (!isPowerOfTwo(steps / tokenSteps)) {
    throw new ConfigError(
      `agree.tokenSteps: ${tokenSteps} does not fit solver.steps, want ${steps} or a half, a quarter, ... of it`,
    );
  }
  checkLayers(config, settings);
  const substeps = "substeps" in config.solver ? config.solver.substeps : 1;
  return { lmax, substeps, ...settings, tokenSteps };
}

/** Transformers on the model's own clock end at the horizon. Throws a ConfigError where they do not. */
function checkLayers(config: Config, { transformer }: AgreeConfig): void {
  const clock = clockOf(config.model);
  if (!transformer || clock === "diffusive") return;
  const { horizon } = gridOf(config);
  const { eta, layers } = layersOf(clock, transformer, horizon);
  if (Math.abs(layers * eta - horizon) <= 1e-9 * horizon) return;
  throw new ConfigError(
    `solver.horizon: ${horizon} is ${Number((horizon / eta).toPrecision(6))} layers of model.clock.eta ${eta}; want a whole number of them, or agree.transformer null`,
  );
}

/** Overlaps of single tokens, which have no counterpart in a density. */
export const ofTokens = (name: string): boolean => /^overlap(:|$)/.test(name);

/** The observables that make sense for every side. Throws a ConfigError naming an entry that is not known. */
export const lawObservables = ({ observe, model }: Config): Record<string, Observable> =>
  Object.fromEntries(
    observe
      .map((name, i) => [name, namedObservable(name, i, model.dimension)] as const)
      .filter(([name]) => !ofTokens(name)),
  );
