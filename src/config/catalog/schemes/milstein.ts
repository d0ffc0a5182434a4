import { milstein as scheme } from "../../../../solvers/schemes/milstein.js";
import { schemeEntry } from "../../contract/scheme-entry.js";

export const milstein = schemeEntry({ name: "milstein", build: () => scheme });
