import type { Scheme } from "../../types.js";

/** A scheme for points of the command line. */
export interface SchemeEntry<Name extends string = string> {
  readonly name: Name;
  /** Other names it is known by. */
  readonly aliases?: readonly string[];
  /** How often a step evaluates the model's fields, a frozen law each time; once unless given. */
  evaluations?(substeps: number): number;
  /** `substeps` are pseudo-time steps, for schemes that have them. */
  build(options: { readonly substeps: number }): Scheme;
}

export const schemeEntry = <Name extends string>(entry: SchemeEntry<Name>): SchemeEntry<Name> => entry;
