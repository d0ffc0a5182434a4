import { jsonSchema, type JsonSchema } from "./json-schema.js";
import { nearest } from "../numerics/nearest.js";

/** What keys are called elsewhere. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  d: "dimension",
  depth: "layers",
  dim: "dimension",
  dt: "steps",
  integrator: "scheme",
  method: "scheme",
  n: "tokens",
  n_steps: "steps",
  num_steps: "steps",
  observables: "observe",
  particles: "tokens",
  random_seed: "seed",
  rng: "seed",
  samples: "paths",
  temperature: "beta",
  t_end: "horizon",
  t_max: "horizon",
  T: "horizon",
  trajectories: "paths",
  type: "kind",
};

/**
 * For unknown keys of one object, at `path` in the source: the known key that a reader most likely meant, one of the same
 * place by its name or another, or one of that very name elsewhere, with its path. Null where none is near.
 */
export function knownKeys(path: readonly PropertyKey[], source: unknown): (key: string) => string | null {
  const schema = jsonSchema();
  const here = keysAt(schema, path, source);
  const parts = keysAt(schema, [], source);
  const elsewhere = [
    ...parts,
    ...parts.flatMap((part) => keysAt(schema, [part], source).map((key) => `${part}.${key}`)),
  ];
  return (key) => {
    const name = Object.hasOwn(OTHER_NAMES, key) ? OTHER_NAMES[key] : key;
    if (here.includes(name)) return name;
    return nearest(key, here) ?? elsewhere.find((at) => at === name || at.endsWith(`.${name}`)) ?? null;
  };
}

/** The keys that an object at this place may have. */
function keysAt(schema: JsonSchema, path: readonly PropertyKey[], source: unknown): string[] {
  let value = source;
  let places = branches(schema, value);
  for (const key of path) {
    value = entryOf(value, key);
    places = places
      .map((place) => (typeof key === "number" ? place.items : entryOf(place.properties, key)))
      .flatMap((place) => branches(place as JsonSchema | undefined, value));
  }
  return [...new Set(places.flatMap(({ properties = {} }) => Object.keys(properties)))];
}

/** The forms that a value may have, as far as its name or kind says. */
function branches(schema: JsonSchema | undefined, value: unknown): JsonSchema[] {
  if (!schema) return [];
  const forms = schema.oneOf ?? schema.anyOf;
  if (!forms) return [schema];
  // The keys that tell the forms apart: one of them at least has a single word there.
  const telling = forms.flatMap(({ properties = {} }) =>
    Object.keys(properties).filter((key) => "const" in properties[key]),
  );
  return forms
    .filter(({ properties = {} }) => telling.every((key) => mayBe(properties[key], entryOf(value, key))))
    .flatMap((form) => branches(form, value));
}

/** Whether a word is among those of a key; of a key that a form does not have, it says nothing. */
const mayBe = (property: JsonSchema | undefined, word: unknown): boolean =>
  property === undefined || (property.enum ?? [property.const]).includes(word);

/** The entry of a value under a key of its own. */
export const entryOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
