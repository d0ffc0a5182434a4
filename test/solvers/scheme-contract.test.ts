import { eulerMaruyama } from "../../solvers/euler-maruyama.js";
import { heun } from "../../solvers/heun.js";
import { logOde } from "../../solvers/log-ode.js";
import { milstein } from "../../solvers/milstein.js";
import { schemeContract } from "./contract.js";

for (const scheme of [eulerMaruyama, milstein, heun, logOde(), logOde(2)]) schemeContract(scheme);
