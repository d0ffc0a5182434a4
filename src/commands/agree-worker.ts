import { tokenSide } from "../experiments/agree/token-side.js";
import type { Config } from "../config/config.js";
import { answer } from "../io/worker.js";

/** Random tokens: a thread of their own beside the density. */
answer((config: Config, { onProgress }) => tokenSide(config, onProgress));
