import type { InitialLaw } from "../../../laws/law.js";
import { ConfigError } from "../../contract/config-error.js";

/** The law, where it has a density. */
export const densityOf = (law: InitialLaw): InitialLaw => {
  if (law.density) return law;
  throw new ConfigError(`initial.kind: "${law.name}" has no density; want "uniform" or "vmf"`);
};
