import { logOdeWith } from "../../../../solvers/schemes/log-ode.js";
import { schemeEntry } from "../../contract/scheme-entry.js";

export const logOde = schemeEntry({
  name: "log-ode",
  aliases: ["flow"],
  evaluations: (substeps) => 4 * substeps,
  build: ({ substeps }) => logOdeWith({ substeps }),
});
