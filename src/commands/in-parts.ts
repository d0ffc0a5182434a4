import type { Stop } from "../experiments/stop.js";
import type { Interrupts } from "../io/interrupts.js";
import { inWorker } from "../io/worker.js";

export interface PartsHooks<P> {
  readonly interrupts: Interrupts;
  readonly onPart: (part: P) => void;
  /** How far the work came; null while no part of it is worth keeping. */
  readonly far: () => Pick<Stop, "done" | "of" | "unit"> | null;
}

/** An answer, or how far the work came without one. */
export type Ended<T> =
  | { readonly whole: T; readonly stopped?: undefined }
  | { readonly whole?: undefined; readonly stopped: Stop };

/**
 * Work in a thread of its own that hands over its parts as they come: they are kept, whatever ends it. Null where an interrupt
 * left nothing to keep; throws what ended the work by itself before there was anything.
 */
export async function inParts<T, P>(
  script: URL,
  input: unknown,
  { interrupts, onPart, far }: PartsHooks<P>,
): Promise<Ended<T> | null> {
  try {
    const whole = await inWorker<T, P>(script, input, { interrupts, onInterrupt: "parts", onPart });
    if (whole !== undefined) return { whole };
    const came = far();
    return came && { stopped: { cause: "interrupted", ...came, interrupted: true } };
  } catch (error) {
    const came = far();
    if (!came) throw error;
    return { stopped: { cause: (error as Error).message, ...came } };
  }
}
