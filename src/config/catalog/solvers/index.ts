/** The solvers of the command line: one line each. */
export { characteristics } from "./characteristics.js";
export { density } from "./density.js";
export { particles } from "./particles.js";
export { transformer } from "./transformer.js";
