import { heun as scheme } from "../../../../solvers/schemes/heun.js";
import { schemeEntry } from "../../contract/scheme-entry.js";

export const heun = schemeEntry({ name: "heun", evaluations: () => 2, build: () => scheme });
