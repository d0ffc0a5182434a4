import type { InitialLaw } from "../laws/law.js";
import { stream } from "../noise/stream.js";
import type { Measure } from "../types.js";
import type { InitialConfig } from "./config.js";
import { ConfigError, refusing } from "./contract/config-error.js";
import type { Home } from "./contract/initial-entry.js";
import { initialEntryOf } from "./entries.js";

/** The law of the tokens at time zero. Throws a ConfigError where the geometry does not permit it. */
export const buildInitialLaw = (config: InitialConfig, home: Home): InitialLaw =>
  refusing("initial: ", () => initialEntryOf(config).build(config, home));

/** The tokens of every path: independent draws from the stream "initial", or the same points where they are given. */
export function buildTokens(config: InitialConfig, law: InitialLaw, seed: string): (path: number) => Measure {
  const n = initialEntryOf(config).tokens(config) ?? 1;
  const source = stream(seed, "initial");
  if ("placement" in config && config.placement === "quasi") {
    if (!law.quasi) throw new ConfigError(`initial.placement: "quasi" is not known for "${config.kind}"`);
    const place = law.quasi;
    // Where no tokens are asked for none are placed.
    let points: Measure | undefined;
    return () => (points ??= refusing("initial.tokens: ", () => place(n)));
  }
  return (path) => law.sample(n, source, path);
}
