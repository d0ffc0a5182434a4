import { parseObservable } from "../observables/parse-observable.js";
import type { Measure, Observable } from "../types.js";
import { ConfigError } from "./config-error.js";
import type { Config } from "./config.js";

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
      try {
        const observable = parseObservable(name, model.dimension);
        observable(law);
        return [name, observable];
      } catch (error) {
        throw new ConfigError(`observe[${i}]: ${(error as Error).message}`);
      }
    }),
  );
}
