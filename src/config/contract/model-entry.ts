import type * as z from "zod";
import type { LayerStep } from "../../models/attention/corrector.js";
import type { HeadLaw } from "../../models/heads/law.js";
import type { Manifold, Measure, Model, Observable } from "../../types.js";
import type { FieldUse, Size } from "./size.js";
import type { FileReference } from "./file-arrays.js";

/** An exact mean that is asked for: of one observable at the horizon. */
export interface ExactQuestion {
  /** Its name in `observe`, and the key's path. */
  readonly observable: string;
  readonly at: string;
  readonly of: Observable;
  readonly horizon: number;
  readonly kappa: number;
  /** n at the start; undefined where a density starts. */
  readonly tokens: number | undefined;
  /** Whether all paths start alike, up to a rotation, with equal weights. */
  readonly given: boolean;
}

/** The random transformer whose limit a model is. */
export interface DrawnHeads {
  readonly heads: HeadLaw;
  /** Inverse temperature. */
  readonly beta: number;
  /** "ambient" unless given. */
  readonly layerStep?: LayerStep;
}

/**
 * The time that a model shares with the transformer whose limit it is: after l layers eta l, for layers of this eta and
 * number of heads (null where the model is their limit without noise), or eta^2 l / H, whatever they are.
 */
export type ModelClock = { readonly eta: number; readonly heads: number | null } | "diffusive";

/**
 * A model of the command line: everything that is said of it outside its own equation. `Schema` describes the value of
 * the key `model`, told apart by its `name`.
 */
export interface ModelEntry<Schema extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly schema: Schema;
  /** The key `model` of a configuration that runs. */
  readonly example: z.input<Schema>;
  /** Where its points live; "sphere" unless given. */
  readonly manifold?: Manifold;
  /** Rules that tie one key to another. Throws a ConfigError. */
  check?(config: z.output<Schema>): void;
  /** K, from the configuration alone; undefined where a file says it that was not read. Where none acts no path may be given. */
  channels?(config: z.output<Schema>): number | undefined;
  /** What its fields take: operations are those of one evaluation. A few numbers a point and channel unless given. */
  size?(config: z.output<Schema>, use: FieldUse): readonly Size[];
  /** What a head of its transformer takes beside V and A, at n tokens in a layer; nothing unless given. */
  headSize?(config: z.output<Schema>, tokens: number): Size | null;
  /** `tolerance` replaces the configuration's own error allowed in softmax sums by harmonics. */
  build(config: z.output<Schema>, seed: string, tolerance?: number): Model;
  /** What a reader of the result must know beside name, calculus and channels. */
  describe?(config: z.output<Schema>, run: { readonly horizon: number }): Record<string, number | string>;
  /** The sentence that says why a strong order makes no sense, with the key's path; null where it does. */
  inLawOnly?(config: z.output<Schema>): string | null;
  /** "diffusive" unless given. */
  clock?(config: z.output<Schema>): ModelClock;
  /** Whether it is the limit of a random transformer, which `heads` then gives. */
  drawsHeads?(config: z.output<Schema>): boolean;
  heads?(config: z.output<Schema>, seed: string): DrawnHeads;
  /** The same equation with its noise redrawn every step where it is drawn, right in law; as the limit of other layers. */
  redrawn?(config: z.output<Schema>, clock?: ModelClock): z.output<Schema>;
  /** The file of arrays that it names, if it does. */
  file?(config: z.output<Schema>): FileReference | null;
  /** The points [n,d] at the end of a path, exactly, from those at its start and W[K] at the end. */
  exactPath?(config: z.output<Schema>): (points: Float64Array, W: Float64Array) => Float64Array;
  /** E of an observable, exactly, given where the tokens start; null where none is known. Throws a ConfigError. */
  exactMean?(config: z.output<Schema>, question: ExactQuestion): ((start: Measure) => number) | null;
  /** Where an exact mean is known, in words; for the sentence that says that none is known elsewhere. */
  readonly exactMeans?: string;
}

export const modelEntry = <Schema extends z.ZodObject>(entry: ModelEntry<Schema>): ModelEntry<Schema> =>
  entry;
