import { eulerMaruyama } from "../../solvers/schemes/euler-maruyama.js";
import { heun } from "../../solvers/schemes/heun.js";
import { logOde, logOdeWith } from "../../solvers/schemes/log-ode.js";
import { milstein } from "../../solvers/schemes/milstein.js";
import { schemeContract } from "./contract.js";

for (const scheme of [eulerMaruyama, milstein, heun, logOde, logOdeWith({ substeps: 2 })])
  schemeContract(scheme);
