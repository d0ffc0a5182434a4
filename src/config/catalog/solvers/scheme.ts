import type { Scheme } from "../../../types.js";
import { named } from "../../contract/keys.js";
import type { SchemeEntry } from "../../contract/scheme-entry.js";
import { NUMBER, type Moved } from "../../contract/size.js";
import * as entries from "../schemes/index.js";

export type SchemeName = (typeof entries)[keyof typeof entries]["name"];

const SCHEMES: readonly SchemeEntry<SchemeName>[] = Object.values(entries);

export const SCHEME_NAMES: readonly SchemeName[] = SCHEMES.map(({ name }) => name);

/** Every other name of a scheme. */
export const SCHEME_ALIASES: Readonly<Record<string, SchemeName>> = Object.fromEntries(
  SCHEMES.flatMap(({ name, aliases = [] }) => aliases.map((alias) => [alias, name])),
);

/** The value of a key `scheme`. */
export const scheme = named(SCHEME_NAMES, SCHEME_ALIASES).describe("how points are stepped");

/** What a step of a scheme asks for, at n points in R^d. */
export function movedBy(name: SchemeName, substeps: number, count: number, dimension: number): Moved {
  const { evaluations } = SCHEMES.find((entry) => entry.name === name)!;
  return {
    count,
    derivatives: name !== "euler-maruyama",
    usesArea: buildScheme(name, substeps).needsArea !== "never",
    evaluations: evaluations?.(substeps) ?? 1,
    sizes: [
      {
        key: "initial.tokens",
        what: "the points",
        bytes: 12 * NUMBER * count * dimension,
        operations: 20 * count * dimension,
      },
    ],
  };
}

export const buildScheme = (name: SchemeName, substeps: number): Scheme =>
  SCHEMES.find((entry) => entry.name === name)!.build({ substeps });
