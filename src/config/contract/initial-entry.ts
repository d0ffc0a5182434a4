import type * as z from "zod";
import type { InitialLaw } from "../../laws/law.js";
import type { Manifold } from "../../types.js";
import type { FileReference } from "./file-arrays.js";

/** Where the tokens live. */
export interface Home {
  /** d */
  readonly dimension: number;
  readonly manifold: Manifold;
}

/** An initial law of the command line. `Schema` describes the value of the key `initial`, told apart by its `kind`. */
export interface InitialEntry<Schema extends z.ZodObject = z.ZodObject> {
  readonly kind: string;
  readonly schema: Schema;
  /** The key `initial` of a configuration that runs, in dimension 3. */
  readonly example: z.input<Schema>;
  /** Whether it has a density, of which a solver for the law can start. */
  readonly hasDensity: boolean;
  /** Whether it is one of R^d as well. */
  readonly euclidean: boolean;
  /** Whether all paths start with the same tokens, up to a rotation. */
  readonly given: boolean;
  /** Rules that tie one key to another. Throws a ConfigError. */
  check?(config: z.output<Schema>, home: Home): void;
  /** Throws a RangeError where the geometry does not permit it. */
  build(config: z.output<Schema>, home: Home): InitialLaw;
  /** n, where the configuration says so. */
  tokens(config: z.output<Schema>): number | undefined;
  /** The file of arrays that it names, if it does. */
  file?(config: z.output<Schema>): FileReference | null;
  /** Their weights, where they are not equal. */
  weights?(config: z.output<Schema>): readonly number[] | undefined;
}

export const initialEntry = <Schema extends z.ZodObject>(entry: InitialEntry<Schema>): InitialEntry<Schema> =>
  entry;
