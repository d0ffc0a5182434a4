import type { Config } from "../config/config.js";
import { sample } from "../experiments/plan/sample.js";
import { samplingHere } from "../io/sampling.js";

/** What is to be sampled, and the seconds that may take, the start of the thread among them. */
export interface PlanTask {
  readonly config: Config;
  readonly seconds: number;
}

/** A sample in a thread of its own, which can be cut off in the middle of a step. */
samplingHere(({ config, seconds }: PlanTask, clock) => sample(config, { clock, until: seconds }));
