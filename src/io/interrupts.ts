import { setImmediate } from "node:timers/promises";

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
  /**
   * What a call gives that may block, such as one that reads a pipe to which nobody writes. Nothing is heard meanwhile: a
   * signal ends the process by itself.
   */
  blocking<T>(call: () => T): Promise<T>;
}

/** Nobody will interrupt. */
export const UNINTERRUPTED: Interrupts = {
  requested: null,
  hold: () => () => undefined,
  blocking: (call) => Promise.resolve(call()),
};

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
  const listen = (): void => SIGNALS.forEach((signal) => process.on(signal, hear));
  listen();
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
    async blocking(call) {
      // A whole turn of the event loop, so that a signal that has come already is heard.
      await setImmediate();
      await setImmediate();
      for (const signal of SIGNALS) process.off(signal, hear);
      try {
        return call();
      } finally {
        listen();
      }
    },
  };
}
