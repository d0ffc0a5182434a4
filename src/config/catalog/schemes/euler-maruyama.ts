import { eulerMaruyama as scheme } from "../../../../solvers/schemes/euler-maruyama.js";
import { schemeEntry } from "../../contract/scheme-entry.js";

export const eulerMaruyama = schemeEntry({ name: "euler-maruyama", build: () => scheme });
