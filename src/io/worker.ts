import { parentPort, Worker, workerData } from "node:worker_threads";

type Message<T> =
  | { readonly progress: readonly [number, number] }
  | { readonly result: T }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } };

interface Handover<I> {
  readonly input: I;
  readonly stop: SharedArrayBuffer;
}

export interface WorkerHooks {
  readonly onProgress?: (done: number, total: number) => void;
  /** Lets the work end early, with what it has, when the user interrupts (once; a second interrupt kills). */
  readonly stopOnInterrupt?: boolean;
}

/** Runs a worker script on `input` and gives its answer. Errors thrown there are thrown here, by the same name. */
export function inWorker<T>(script: URL, input: unknown, hooks: WorkerHooks = {}): Promise<T> {
  const stop = new SharedArrayBuffer(4);
  const interrupt = (): void => {
    Atomics.store(new Int32Array(stop), 0, 1);
    process.off("SIGINT", interrupt);
  };
  if (hooks.stopOnInterrupt) process.on("SIGINT", interrupt);
  return new Promise<T>((resolve, reject) => {
    const worker = new Worker(script, { workerData: { input, stop } satisfies Handover<unknown> });
    worker.on("message", (message: Message<T>) => {
      if ("progress" in message) hooks.onProgress?.(...message.progress);
      else if ("result" in message) resolve(message.result);
      else reject(Object.assign(new Error(message.error.message), message.error));
    });
    worker.on("error", reject);
    worker.on("exit", (code) =>
      reject(new Error(`a worker ended with code ${code} before it had an answer`)),
    );
  }).finally(() => process.off("SIGINT", interrupt));
}

export interface WorkerSide {
  readonly onProgress: (done: number, total: number) => void;
  /** Whether the user has asked to stop. */
  readonly stopping: () => boolean;
}

/** The other side: what a worker script calls with the work it does. */
export function answer<I, T>(work: (input: I, side: WorkerSide) => T): void {
  const post = (message: Message<T>): void => parentPort?.postMessage(message);
  const { input, stop } = workerData as Handover<I>;
  const flag = new Int32Array(stop);
  try {
    const result = work(input, {
      onProgress: (done, total) => post({ progress: [done, total] }),
      stopping: () => Atomics.load(flag, 0) === 1,
    });
    post({ result });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ error: { name, message, stack } });
  }
}
