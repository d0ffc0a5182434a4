import type { InitialLaw } from "../../../laws/law.js";
import { ConfigError } from "../../contract/config-error.js";

/** The density of a law, with respect to the surface measure. */
export const densityOf = (law: InitialLaw): ((x: Float64Array, offset: number) => number) => {
  const { density } = law;
  if (!density) throw new ConfigError(`initial.kind: "${law.name}" has no density; want "uniform" or "vmf"`);
  return (x, offset) => density(x, offset);
};
