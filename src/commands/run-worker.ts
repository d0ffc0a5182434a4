import type { Config } from "../config/config.js";
import { planRun } from "../experiments/run.js";
import type { RunBlock } from "../experiments/run-block.js";
import { serveHere } from "../io/worker.js";

/** Paths of a run, in a thread of its own, so that an interrupt reaches it and what was computed is kept. */
serveHere<Config, RunBlock>((config) => {
  const run = planRun(config);
  return {
    lanes: [config.ensemble.paths],
    block: (_, from, to, hooks) => run(from, to, hooks),
  };
});
