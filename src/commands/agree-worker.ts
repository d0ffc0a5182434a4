import type { Config } from "../config/config.js";
import { agreeWork, type AgreeBlock } from "../experiments/agree/lanes.js";
import { serveHere } from "../io/worker.js";

/** Pieces of an agreement, in a thread of its own, so that an interrupt reaches it and what was computed is kept. */
serveHere<Config, AgreeBlock>(agreeWork);
