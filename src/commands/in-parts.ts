import type { Block } from "../studies/blocks.js";
import type { Pooled } from "../experiments/pool/pool.js";
import type { Stop } from "../experiments/stop.js";

/**
 * How work of one lane ended whose parts are kept, whatever ends it: undefined where it is whole. `far` is how far it came, null
 * while no part of it is worth keeping. Null where an interrupt left nothing to keep; throws what ended the work by itself
 * before there was anything.
 */
export function endOf<B extends Block, A>(
  pooled: Pooled<B, A>,
  far: Pick<Stop, "done" | "of" | "unit"> | null,
): Stop | undefined | null {
  const error = pooled.failure ?? pooled.lanes[0]?.error;
  if (!error && !pooled.interrupted) return undefined;
  if (error && !far) throw error;
  if (!far) return null;
  return error ? { cause: error.message, ...far } : { cause: "interrupted", ...far, interrupted: true };
}
