import { parentPort, Worker, workerData } from "node:worker_threads";

type Message<T> =
  { readonly progress: readonly [number, number] } | { readonly result: T } | { readonly error: unknown };

/** Runs a worker script on `input` and gives its answer. Errors thrown there are thrown here. */
export function inWorker<T>(
  script: URL,
  input: unknown,
  onProgress: (done: number, total: number) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData: input });
    worker.on("message", (message: Message<T>) => {
      if ("progress" in message) onProgress(...message.progress);
      else if ("result" in message) resolve(message.result);
      else reject(message.error);
    });
    worker.on("error", reject);
    worker.on("exit", (code) =>
      reject(new Error(`a worker ended with code ${code} before it had an answer`)),
    );
  });
}

/** The other side: what a worker script calls with the work it does. */
export function answer<I, T>(work: (input: I, onProgress: (done: number, total: number) => void) => T): void {
  const post = (message: Message<T>): void => parentPort?.postMessage(message);
  try {
    post({ result: work(workerData as I, (done, total) => post({ progress: [done, total] })) });
  } catch (error) {
    post({ error });
  }
}
