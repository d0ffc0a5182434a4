import { readFileSync } from "node:fs";
import { parseConfig } from "commonnoise";
import { buildEvolution, buildProblem, gridOf } from "../../src/config/build-evolution.js";
import { numbers, serve } from "./serve.js";

/** One step of the density of examples/one-common-noise.json at a degree. */
const lmax = Number(process.argv[2]);
const example = new URL("../../../examples/one-common-noise.json", import.meta.url);
const given = JSON.parse(readFileSync(example, "utf8")) as { readonly solver: object };
const config = parseConfig({ ...given, solver: { ...given.solver, lmax } });
const problem = buildProblem(config);
const { evolution } = buildEvolution(problem);
const { horizon, steps } = gridOf(config);
const dt = horizon / steps;
const dW = numbers(1, problem.model.channels).map((v) => Math.sqrt(dt) * v);
const interval = { path: 0, step: 0, time: 0, dt, dW, area: null };

const run = (): void => {
  evolution.reset(0);
  evolution.advance(interval);
};

serve({
  run,
  check() {
    run();
    return evolution.law.weights;
  },
});
