import { lawSide, tokenSide } from "../experiments/agree.js";
import type { Config } from "../experiments/config.js";
import { answer } from "../io/worker.js";

/** Random tokens, then the ensembles in law: a thread of their own beside the density. */
answer((config: Config, onProgress) => ({
  tokens: tokenSide(config, (done, total) => onProgress(0.7 * done, total)),
  law: lawSide(config, (done, total) => onProgress(0.7 * total + 0.3 * done, total)),
}));
