import { drawAtoms, fokkerPlanck, gaussianAttention, planSphere, vmfMixture } from "commonnoise";
import { numbers, serve } from "./serve.js";

/** One step of the density by the flow at a degree. */
const lmax = Number(process.argv[2]);
const sigma = 1 / Math.sqrt(3);
const model = gaussianAttention({
  dimension: 3,
  beta: 1,
  sigmaV: sigma,
  atoms: drawAtoms("density", 2, 3, sigma),
});
const evolution = fokkerPlanck({
  model,
  transform: planSphere({ lmax }),
  density: vmfMixture(3, [
    { weight: 0.6, kappa: 3, mean: [0.6, 0.64, 0.48] },
    { weight: 0.4, kappa: 2, mean: [0, -0.6, 0.8] },
  ]),
  scheme: "flow",
});
const dt = 0.01;
const interval = {
  path: 0,
  step: 0,
  time: 0,
  dt,
  dW: numbers(1, model.channels).map((v) => 0.1 * v),
  area: null,
};

const run = (): void => {
  evolution.reset(0);
  evolution.advance(interval);
};

serve({
  run,
  check() {
    run();
    return evolution.coefficients.slice(0, 25);
  },
});
