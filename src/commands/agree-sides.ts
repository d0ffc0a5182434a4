import type { Config } from "../config/config.js";
import type { LawSide } from "../experiments/agree/law-side.js";
import type { LimitSide } from "../experiments/agree/limit-side.js";
import type { SideName, Sides } from "../experiments/agree/sides.js";
import type { TokenSide } from "../experiments/agree/token-side.js";
import type { Stop } from "../experiments/stop.js";
import type { Interrupts } from "../io/interrupts.js";
import { progressBar } from "../io/progress.js";
import { inWorker } from "../io/worker.js";
import type { SideTask } from "./agree-worker.js";

/** Roughly what each side takes of the whole. */
const SHARES: Readonly<Record<SideName, number>> = { limit: 0.35, tokens: 0.5, law: 0.15 };

/**
 * All sides, each in a thread of its own; one that fails leaves the others as they are. Throws the ConfigError of any side,
 * without waiting for the others, and what the first side threw when there is nothing of any.
 */
export async function computeSides(config: Config, interrupts: Interrupts): Promise<Sides> {
  const bar = progressBar("percent of density, tokens, transformers", 100);
  const share: Record<SideName, number> = { limit: 0, tokens: 0, law: 0 };
  const { all, end } = endable(interrupts);
  let refusal: Error | undefined;
  let failure: Error | undefined;
  const stops: Partial<Record<SideName, Stop>> = {};
  const compute = async <T extends { readonly stopped?: Stop } | null>(side: SideName): Promise<T | null> => {
    try {
      const task: SideTask = { side, config };
      const found = await inWorker<T>(new URL("./agree-worker.js", import.meta.url), task, {
        interrupts: all,
        onProgress(done, total) {
          share[side] = (SHARES[side] * done) / total;
          bar.update(Math.round(100 * (share.limit + share.tokens + share.law)));
        },
      });
      if (found === undefined) {
        stops[side] = { ...whole(side, "interrupted"), interrupted: true };
        return null;
      }
      if (found?.stopped) stops[side] = found.stopped;
      return found;
    } catch (error) {
      failure ??= error as Error;
      stops[side] = whole(side, (error as Error).message);
      if ((error as Error).name === "ConfigError") {
        refusal ??= error as Error;
        end();
      }
      return null;
    }
  };
  try {
    const [limit, tokens, law] = await Promise.all([
      compute<LimitSide>("limit"),
      compute<TokenSide>("tokens"),
      compute<LawSide | null>("law"),
    ]);
    if (refusal) throw refusal;
    if (failure && !limit && !tokens && !law) throw failure;
    return { limit, tokens, law, stops };
  } finally {
    bar.stop();
  }
}

/** A side of which there is nothing. */
const whole = (side: SideName, cause: string): Stop => ({ cause, done: 0, of: 1, unit: NAMES[side] });

/** What a whole side is one of. */
const NAMES: Readonly<Record<SideName, string>> = {
  limit: "densities",
  tokens: "sets of clouds",
  law: "comparisons in law",
};

/** The same interrupts, and a way to end all work that listens to them. */
function endable(interrupts: Interrupts): { readonly all: Interrupts; readonly end: () => void } {
  const listeners = new Set<() => void>();
  return {
    all: {
      ...interrupts,
      get requested() {
        return interrupts.requested;
      },
      hold(stop) {
        const release = interrupts.hold(stop);
        if (stop) listeners.add(stop);
        return () => {
          release();
          if (stop) listeners.delete(stop);
        };
      },
    },
    end: () => listeners.forEach((stop) => stop()),
  };
}
