import type { Config } from "../config/config.js";
import { lawSide, type LawSide } from "../experiments/agree/law-side.js";
import { limitSide, type LimitSide } from "../experiments/agree/limit-side.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import { progressBar } from "../io/progress.js";
import { inWorker } from "../io/worker.js";

/** What is held against each other. */
export interface Sides {
  readonly limit: LimitSide;
  readonly tokens: TokenSide;
  /** Null when it was left out, or the model has no heads to draw. */
  readonly law: LawSide | null;
}

/** All sides: the tokens in a thread of their own, beside the density and the transformers. */
export async function computeSides(config: Config): Promise<Sides> {
  const bar = progressBar("density, tokens, transformers", 1000);
  const progress = { here: 0, there: 0 };
  const show = (): void => bar.update(Math.round(500 * (progress.here + progress.there)));
  const beside = inWorker<TokenSide>(new URL("./agree-worker.js", import.meta.url), config, {
    onProgress(done, total) {
      progress.there = done / total;
      show();
    },
  });
  // Awaited below; if the density fails first, its error is the one to show.
  beside.catch(() => undefined);
  const limit = limitSide(config, (done, total) => {
    progress.here = (0.7 * done) / total;
    show();
  });
  const law = lawSide(config, (done, total) => {
    progress.here = 0.7 + (0.3 * done) / total;
    show();
  });
  const tokens = await beside;
  bar.stop();
  return { limit, tokens, law };
}
