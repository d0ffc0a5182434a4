import { parseObservable } from "../observables/parse-observable.js";
import type { Measure, Observable } from "../types.js";
import { ConfigError } from "./contract/config-error.js";
import type { Config } from "./config.js";

/** Entry `i` of `observe`. Throws a ConfigError naming it where the name is not known. */
export function namedObservable(name: string, i: number, dimension: number): Observable {
  try {
    return parseObservable(name, dimension);
  } catch (error) {
    throw new ConfigError(`observe[${i}]: ${(error as Error).message}`);
  }
}

/**
 * The observables a configuration names, by name. Each is tried on the initial law, so that a token or a degree that is
 * not there is refused before the run. Throws a ConfigError naming the entry.
 */
export function buildObservables(
  { observe, model }: Pick<Config, "observe" | "model">,
  law: Measure,
): Record<string, Observable> {
  return Object.fromEntries(
    observe.map((name, i) => {
      const observable = namedObservable(name, i, model.dimension);
      try {
        observable(law);
        return [name, observable];
      } catch (error) {
        throw new ConfigError(`observe[${i}]: ${(error as Error).message}`);
      }
    }),
  );
}
