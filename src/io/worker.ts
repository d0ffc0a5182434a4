import { parentPort, Worker, workerData } from "node:worker_threads";
import { UNINTERRUPTED, type Interrupts } from "./interrupts.js";

type Message<T, P> =
  | { readonly progress: readonly [number, number] }
  | { readonly part: P }
  | { readonly result: T | undefined }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } };

interface Handover<I> {
  readonly input: I;
  readonly stop: SharedArrayBuffer;
}

export interface WorkerHooks<P> {
  readonly onProgress?: (done: number, total: number) => void;
  /** What is done of the answer so far, piece by piece. */
  readonly onPart?: (part: P) => void;
  readonly interrupts?: Interrupts;
  /**
   * On an interrupt: "answer" lets the work end early, with what it has (unless given); "parts" ends it at once: what counts
   * are the parts that came.
   */
  readonly onInterrupt?: "answer" | "parts";
}

/**
 * Runs a worker script on `input` and gives its answer; undefined where an interrupt came before the work began, or ended it
 * for its parts. Errors thrown there are thrown here, by the same name.
 */
export function inWorker<T, P = never>(
  script: URL,
  input: unknown,
  { onProgress, onPart, interrupts = UNINTERRUPTED, onInterrupt = "answer" }: WorkerHooks<P> = {},
): Promise<T | undefined> {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(script, { workerData: { input, stop } satisfies Handover<unknown> });
  return new Promise<T | undefined>((resolve, reject) => {
    const release = interrupts.hold(() => {
      Atomics.store(new Int32Array(stop), 0, 1);
      if (onInterrupt === "parts") void worker.terminate().then(() => resolve(undefined));
    });
    worker.on("message", (message: Message<T, P>) => {
      if ("progress" in message) onProgress?.(...message.progress);
      else if ("part" in message) onPart?.(message.part);
      else if ("result" in message) resolve(message.result);
      else reject(Object.assign(new Error(message.error.message), message.error));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      release();
      if (onInterrupt === "parts" && interrupts.requested) resolve(undefined);
      else reject(new Error(`a worker ended with code ${code} before it had an answer`));
    });
  });
}

export interface WorkerSide<P> {
  readonly onProgress: (done: number, total: number) => void;
  /** Hands over a piece of the answer, so that it is kept whatever comes. */
  readonly onPart: (part: P) => void;
  /** Whether the user has asked to stop. */
  readonly stopping: () => boolean;
}

/** Messages about progress further apart than this many milliseconds: more would cost more than the work. */
const BETWEEN = 100;

/** The other side: what a worker script calls with the work it does. */
export function answer<I, T, P = never>(work: (input: I, side: WorkerSide<P>) => T): void {
  const post = (message: Message<T, P>): void => parentPort?.postMessage(message);
  const { input, stop } = workerData as Handover<I>;
  const flag = new Int32Array(stop);
  let last = 0;
  try {
    const side: WorkerSide<P> = {
      onProgress(done, total) {
        const now = performance.now();
        if (now - last < BETWEEN && done < total) return;
        last = now;
        post({ progress: [done, total] });
      },
      onPart: (part) => post({ part }),
      stopping: () => Atomics.load(flag, 0) === 1,
    };
    post({ result: side.stopping() ? undefined : work(input, side) });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ error: { name, message, stack } });
  }
}
