/** The initial laws of the command line: one line each. */
export { points } from "./points.js";
export { simplex } from "./simplex.js";
export { uniform } from "./uniform.js";
export { vmf } from "./vmf.js";
