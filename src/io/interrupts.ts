/** Asks a program to end: Ctrl-C, a scheduler's end of time, a terminal that goes away. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The exit code of a program that ends on a signal with nothing to keep. */
export const NOTHING_KEPT = 130;

/** Whether somebody asked for an end, and who is told. */
export interface Interrupts {
  /** The first signal that came, or null. */
  readonly requested: NodeJS.Signals | null;
  /**
   * From here on the first signal is only noted, and `stop` is called on it (at once if it has come already): there is work
   * whose results are to be kept. Gives the function that takes `stop` away again.
   */
  hold(stop?: () => void): () => void;
}

/** Nobody will interrupt. */
export const UNINTERRUPTED: Interrupts = { requested: null, hold: () => () => undefined };

/**
 * Listens for signals for the rest of the process. Before the first `hold` a signal ends the process (exit code 130: there
 * is nothing to keep); after it the first one is noted, and a second one ends the process.
 */
export function listenForInterrupts(): Interrupts {
  const listeners = new Set<() => void>();
  let held = false;
  let requested: NodeJS.Signals | null = null;
  const hear = (signal: NodeJS.Signals): void => {
    if (!held || requested) process.exit(NOTHING_KEPT);
    requested = signal;
    for (const stop of listeners) stop();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return {
    get requested() {
      return requested;
    },
    hold(stop) {
      held = true;
      if (!stop) return () => undefined;
      listeners.add(stop);
      if (requested) stop();
      return () => listeners.delete(stop);
    },
  };
}
