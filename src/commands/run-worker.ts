import type { Config } from "../config/config.js";
import { runNumbers } from "../experiments/run.js";
import { answer } from "../io/worker.js";

/** Posting every step of a short run would cost more than the run. */
const BETWEEN = 100;

/** A run in a thread of its own, so that an interrupt reaches it and what was computed is kept. */
answer((config: Config, { onProgress, stopping }) => {
  let last = 0;
  return runNumbers(config, {
    stopping,
    onProgress(done, total) {
      const now = performance.now();
      if (now - last < BETWEEN) return;
      last = now;
      onProgress(done, total);
    },
  });
});
