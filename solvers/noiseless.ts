import type { Interval } from "../src/types.js";

const NONE = new Float64Array(0);

/**
 * The interval of layer or step number `step`, with no common noise on it: for transformers, which draw weights of their
 * own by path and step and do not ask for more, and for flows of a drift, which want dt.
 */
export const noiseless = (path: number, step: number, dt = 1): Interval => ({
  path,
  step,
  time: step * dt,
  dt,
  dW: NONE,
  area: null,
});
