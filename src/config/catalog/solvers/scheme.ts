import type { Scheme } from "../../../types.js";
import { named } from "../../contract/keys.js";
import type { SchemeEntry } from "../../contract/scheme-entry.js";
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

export const buildScheme = (name: SchemeName, substeps: number): Scheme =>
  SCHEMES.find((entry) => entry.name === name)!.build({ substeps });
