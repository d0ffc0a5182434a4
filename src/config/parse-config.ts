import { checkConfig } from "./check-config.js";
import { configSchema, type Config } from "./config.js";
import { ConfigError, faultsOf, type Fault } from "./contract/config-error.js";
import { keysOf } from "./contract/path-name.js";
import { entryOf } from "./known-keys.js";
import { readJson, type Document } from "./read-json.js";
import { schemaFaults } from "./schema-faults.js";

/**
 * A validated configuration from JSON text or from an object, defaults filled in. Throws a ConfigError that names
 * everything that is wrong by the key's path, in the order of the text: what a key may hold, and the rules that tie one
 * key to another. NaN and Infinity, which JSON does not have but programs like to print, are reported by path as well.
 * Nothing that a configuration asks for is made here, however large.
 */
export function parseConfig(source: string | object): Config {
  return configOf(typeof source === "string" ? readJson(source) : { value: source, faults: [] });
}

/** The same from a text that has been read. */
export function configOf({ value, faults }: Document): Config {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const found = [
      ...faults,
      ...schemaFaults(parsed.error.issues, value),
      ...faultsOf(() => checkConfig(soundParts(value))),
    ];
    throw new ConfigError(inOrder(found, value));
  }
  const config = { ...parsed.data };
  delete config.$schema;
  const found = [...faults, ...faultsOf(() => checkConfig(config))];
  if (found.length > 0) throw new ConfigError(inOrder(found, value));
  return config;
}

/** The parts of a configuration that are well formed by themselves. */
function soundParts(value: unknown): Partial<Config> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(configSchema.shape).flatMap(([key, schema]) => {
      const part = schema.safeParse(entryOf(value, key));
      return part.success && part.data !== undefined ? [[key, part.data]] : [];
    }),
  );
}

/** Faults in the order of their places in the source; what is missing comes at the end of where it should stand. */
function inOrder(faults: readonly Fault[], source: unknown): Fault[] {
  const orders = new Map<unknown, ReadonlyMap<string, number>>();
  const orderOf = (value: unknown): ReadonlyMap<string, number> => {
    let order = orders.get(value);
    if (!order) {
      order = new Map(
        typeof value === "object" && value !== null ? Object.keys(value).map((key, i) => [key, i]) : [],
      );
      orders.set(value, order);
    }
    return order;
  };
  const placeOf = ({ path }: Fault): number[] => {
    let value = source;
    return keysOf(path).map((key) => {
      const place = typeof key === "number" ? key : (orderOf(value).get(key) ?? Infinity);
      value = entryOf(value, key);
      return place;
    });
  };
  return faults
    .map((fault) => ({ fault, place: placeOf(fault) }))
    .sort((a, b) => before(a.place, b.place))
    .map(({ fault }) => fault);
}

/** Lexicographic; a whole before its parts. */
function before(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((place, i) => place !== b[i]);
  if (first < 0) return a.length - b.length;
  return first >= b.length ? 1 : a[first] < b[first] ? -1 : 1;
}
