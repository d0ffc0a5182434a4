import type { Config } from "../config/config.js";
import { sample, type Sample } from "../experiments/plan/sample.js";
import { answer, type WorkerSide } from "../io/worker.js";

/** What is to be sampled. */
export interface PlanTask {
  readonly config: Config;
  /** When it was handed over, in milliseconds since the epoch, */
  readonly given: number;
  /** and the seconds from there that it may take, the start of the thread among them. */
  readonly seconds: number;
}

/** A sample in a thread of its own, which can be cut off in the middle of a step. */
answer(({ config, given, seconds }: PlanTask, { onPart }: WorkerSide<Partial<Sample>>): true => {
  // Not every engine gives a thread an origin of its own.
  const origin = given - performance.timeOrigin;
  const clock = (): number => (performance.now() - origin) / 1000;
  for (const part of sample(config, { clock, until: seconds })) onPart(part);
  return true;
});
