import type { Config } from "../config/config.js";
import { runNumbers } from "../experiments/run.js";
import { answer } from "../io/worker.js";

/** A run in a thread of its own, so that an interrupt reaches it and what was computed is kept. */
answer((config: Config, { onProgress, stopping }) => runNumbers(config, { stopping, onProgress }));
