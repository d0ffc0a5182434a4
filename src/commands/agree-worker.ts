import { lawSide } from "../experiments/agree/law-side.js";
import { limitSide } from "../experiments/agree/limit-side.js";
import type { SideName } from "../experiments/agree/sides.js";
import { tokenSide } from "../experiments/agree/token-side.js";
import type { Config } from "../config/config.js";
import { answer } from "../io/worker.js";

export interface SideTask {
  readonly side: SideName;
  readonly config: Config;
}

const SIDES = { limit: limitSide, tokens: tokenSide, law: lawSide } as const;

/** One side in a thread of its own, so that an interrupt reaches it and what was computed is kept. */
answer(({ side, config }: SideTask, { onProgress, stopping }): ReturnType<(typeof SIDES)[SideName]> =>
  SIDES[side](config, { onProgress, stopping }),
);
