/** The schemes for points of the command line: one line each. */
export { eulerMaruyama } from "./euler-maruyama.js";
export { heun } from "./heun.js";
export { logOde } from "./log-ode.js";
export { milstein } from "./milstein.js";
