import { parseObservable } from "../observables/parse-observable.js";
import type { Measure, Observable } from "../types.js";
import type { Config } from "./config.js";
import { checkAll, refuse } from "./contract/config-error.js";
import { quoted } from "./contract/path-name.js";
import { modelEntryOf } from "./entries.js";
import { nearest } from "../numerics/nearest.js";

/** Entry `i` of `observe`. Throws a ConfigError naming it where the name is not known. */
export function namedObservable(name: string, i: number, dimension: number): Observable {
  return refusingEntry(i, name, () => parseObservable(name, dimension));
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
      refusingEntry(i, name, () => observable(law));
      return [name, observable];
    }),
  );
}

/** Highest degree of a moment, as of a solver's harmonics. */
const HIGHEST_DEGREE = 511;

const NAMES = [
  "overlap",
  "mean-overlap",
  "order-parameter",
  "clusters",
  "coordinate",
  "second-moment",
  "moment",
  "zonal",
];

/** Observables that mean something for unit vectors only. */
const OF_THE_SPHERE = ["clusters", "moment", "zonal"];

/** Everything about the entries of `observe` that can be told without a law. Throws a ConfigError. */
export function checkObservables(
  { model, observe }: Pick<Config, "model" | "observe">,
  /** n, where a fixed number of tokens moves. */
  tokens: number | undefined,
): void {
  const { dimension: d } = model;
  const { manifold } = modelEntryOf(model);
  checkAll(
    observe.map((name, i) => () => {
      const path = `observe[${i}]`;
      namedObservable(name, i, d);
      const [kind, rest = ""] = name.split(":");
      if (manifold === "euclidean" && OF_THE_SPHERE.includes(kind)) {
        refuse(
          path,
          `${quoted(name)} is read off the sphere, and model.name "${model.name}" lives in R^${d}`,
        );
      }
      const numbers = rest.split(",").map(Number);
      if ((kind === "moment" || kind === "zonal") && numbers[0] > HIGHEST_DEGREE) {
        refuse(path, `${quoted(name)} has degree ${numbers[0]}, want at most ${HIGHEST_DEGREE}`);
      }
      if (kind === "coordinate") checkIndex(path, "coordinate", numbers[0], d);
      if (kind === "overlap" && tokens !== undefined) {
        for (const k of rest === "" ? [0, 1] : numbers) checkIndex(path, "token", k, tokens);
      }
    }),
  );
}

function checkIndex(path: string, what: string, index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  refuse(path, `there is no ${what} ${index}; want ${count === 1 ? "0, the only one" : `0 to ${count - 1}`}`);
}

/** What `make` gives; what it throws becomes the fault of the entry. */
function refusingEntry<T>(i: number, name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    const [kind] = name.split(":");
    const meant = NAMES.includes(kind) ? null : nearest(kind, NAMES);
    const { message } = error as Error;
    return refuse(
      `observe[${i}]`,
      message.replace(`"${name}"`, () => quoted(name)) + (meant === null ? "" : `; did you mean "${meant}"?`),
    );
  }
}
