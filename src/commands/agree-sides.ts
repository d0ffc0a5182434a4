import type { Config } from "../config/config.js";
import { joinAgreeBlocks, LANES, type AgreeBlock, type LaneName } from "../experiments/agree/lanes.js";
import { lawOf, lawPaths } from "../experiments/agree/law-side.js";
import { limitOf } from "../experiments/agree/limit-side.js";
import type { SideName, Sides } from "../experiments/agree/sides.js";
import { tokensOf } from "../experiments/agree/token-side.js";
import { runPool, type Pooled } from "../experiments/pool/pool.js";
import type { Stop } from "../experiments/stop.js";
import type { Interrupts } from "../io/interrupts.js";
import { progressBar } from "../io/progress.js";
import { openWorker } from "../io/worker.js";

/** Roughly what each lane takes of the whole. */
const SHARES: Readonly<Record<LaneName, number>> = { density: 0.2, tokens: 0.5, law: 0.15, carried: 0.15 };

/** The density takes longest without a pause, so it is begun first; paths are the smallest pieces, which come last. One thread alone leaves it for last, so that an end costs no other. */
const orderFor = (workers: number): LaneName[] =>
  workers > 1 ? ["density", "tokens", "carried", "law"] : ["tokens", "law", "density", "carried"];

/**
 * All sides, on threads that share their pieces; one that fails leaves the others as they are. Throws the ConfigError of any
 * side, without waiting for the others, and what the first side threw when there is nothing of any.
 */
export async function computeSides(config: Config, workers: number, interrupts: Interrupts): Promise<Sides> {
  const bar = progressBar("percent of density, tokens, transformers", 100);
  const share: Record<LaneName, number> = { density: 0, tokens: 0, law: 0, carried: 0 };
  let failure: Error | undefined;
  try {
    const pooled = await runPool<AgreeBlock>({
      open: () => openWorker(new URL("./agree-worker.js", import.meta.url)),
      input: config,
      workers,
      join: joinAgreeBlocks,
      order: orderFor(workers).map((name) => LANES.indexOf(name)),
      hold: (stop) => interrupts.hold(stop),
      onError(_, error) {
        failure ??= error;
        return error.name === "ConfigError";
      },
      onProgress(lane, done, total) {
        const name = LANES[lane];
        share[name] = (SHARES[name] * done) / total;
        bar.update(Math.round(100 * Object.values(share).reduce((s, v) => s + v, 0)));
      },
    });
    if (pooled?.failure) throw pooled.failure;
    const sides = sidesOf(config, pooled?.lanes ?? LANES.map(() => ({ found: null, error: null })));
    if (failure && !sides.limit && !sides.tokens && !sides.law) throw failure;
    return sides;
  } finally {
    bar.stop();
  }
}

/** The sides as far as they came; one of which a lane threw is not there. */
function sidesOf(config: Config, lanes: Pooled<AgreeBlock, undefined>["lanes"]): Sides {
  const stops: Partial<Record<SideName, Stop>> = {};
  const foundOf = <Name extends LaneName>(side: SideName, name: Name) => {
    const { found, error } = lanes[LANES.indexOf(name)];
    if (error) stops[side] = whole(side, error.message);
    // It was not begun before the user's end.
    else if (!found) stops[side] = { ...whole(side, "interrupted"), interrupted: true };
    return error ? null : (found as Extract<AgreeBlock, { lane: Name }> | null);
  };
  const clouds = foundOf("tokens", "tokens");
  const paths = lawPaths(config) > 0 ? foundOf("law", "law") : null;
  const density = foundOf("limit", "density")?.run;
  const alone = !density || density.trajectory.stopped?.interrupted;
  const carried = alone ? null : foundOf("limit", "carried")?.run;
  const limit =
    density && (alone || carried || stops.limit?.interrupted)
      ? limitOf(config, density, carried ?? null)
      : null;
  const tokens = clouds && tokensOf(config, clouds);
  const law = paths && lawOf(config, paths);
  for (const [side, found] of Object.entries({ limit, tokens, law })) {
    if (found?.stopped) stops[side as SideName] = found.stopped;
  }
  return { limit, tokens, law, stops };
}

/** A side of which there is nothing. */
const whole = (side: SideName, cause: string): Stop => ({ cause, done: 0, of: 1, unit: NAMES[side] });

/** What a whole side is one of. */
const NAMES: Readonly<Record<SideName, string>> = {
  limit: "densities",
  tokens: "sets of clouds",
  law: "comparisons in law",
};
