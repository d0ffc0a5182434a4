import type * as z from "zod";
import type { InitialLaw } from "../../laws/law.js";
import type { Evolution, Measure, Model } from "../../types.js";
import type { DensityEvolution } from "../../../solvers/density/fokker-planck.js";
import type { DrawnHeads, ModelClock } from "./model-entry.js";
import type { Moved } from "./size.js";

/** What a solver is made for. */
export interface Problem {
  readonly model: Model;
  readonly law: InitialLaw;
  readonly tokens: (path: number) => Measure;
  readonly seed: string;
  /** The transformer whose limit the model is, where there is one. */
  readonly heads: DrawnHeads | null;
  /** Steps of the grid on which a token's own noise is drawn; every step draws afresh unless given. */
  readonly finest?: number;
}

/** Uniform steps on [0, horizon], observed every so many of them. */
export interface Grid {
  readonly horizon: number;
  readonly steps: number;
  readonly every: number;
  /** Steps of the grid that a path is drawn on, where it is finer than `steps`. */
  readonly finest?: number;
}

/** What a solver is told of the model when its keys are checked. */
export interface ModelFacts {
  /** Whether the model is the limit of a random transformer. */
  readonly drawsHeads: boolean;
  readonly clock: ModelClock;
}

/** A solver that is ready to run. */
export interface Built {
  readonly evolution: Evolution;
  /** The density while it is what carries the law, null once characteristics do; absent where none ever does. */
  readonly density?: () => DensityEvolution | null;
}

/** A solver of the command line. `Schema` describes the value of the key `solver`, told apart by its `kind`. */
export interface SolverEntry<Schema extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  readonly schema: Schema;
  /** The key `solver` of a configuration that runs. */
  readonly example: z.input<Schema>;
  /** Whether it moves tokens, or starts from a density (dimension 2 and 3). */
  readonly starts: "tokens" | "density";
  /** Whether it draws its own weights and follows no path. */
  readonly followsPath: boolean;
  /** Rules that tie one key to another. Throws a ConfigError. */
  check?(config: z.output<Schema>, facts: ModelFacts): void;
  /** A transformer's time is the model's. */
  grid(config: z.output<Schema>, clock: ModelClock): Grid;
  /** What a step moves and takes, for so many tokens. The tokens, once a step, unless given. */
  moved?(config: z.output<Schema>, tokens: number, dimension: number): Moved;
  build(config: z.output<Schema>, problem: Problem): Built;
}

export const solverEntry = <Schema extends z.ZodObject>(entry: SolverEntry<Schema>): SolverEntry<Schema> =>
  entry;
