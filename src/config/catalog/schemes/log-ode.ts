import { logOdeWith } from "../../../../solvers/schemes/log-ode.js";
import { schemeEntry } from "../../contract/scheme-entry.js";

export const logOde = schemeEntry({
  name: "log-ode",
  aliases: ["flow"],
  build: ({ substeps }) => logOdeWith({ substeps }),
});
