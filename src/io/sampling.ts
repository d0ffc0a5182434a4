import { parentPort, Worker, workerData } from "node:worker_threads";

type Message<P> =
  | { readonly part: P }
  | { readonly whole: true }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack?: string } };

interface Handover<I> {
  readonly input: I;
  /** When it was handed over, in milliseconds since the epoch. */
  readonly given: number;
}

/**
 * Runs a script of `samplingHere` on `input` in a thread of its own, and takes the pieces of its answer as they come. After
 * so many milliseconds it is cut off, in the middle of whatever it does. Gives whether it came to its end. Errors thrown
 * there are thrown here, by the same name.
 */
export async function samplingFor<P>(
  milliseconds: number,
  script: URL,
  input: unknown,
  onPart: (part: P) => void,
): Promise<boolean> {
  const given = performance.timeOrigin + performance.now();
  const worker = new Worker(script, { workerData: { input, given } satisfies Handover<unknown> });
  let alarm: NodeJS.Timeout | undefined;
  try {
    return await new Promise<boolean>((resolve, reject) => {
      alarm = setTimeout(() => resolve(false), milliseconds);
      worker.on("message", (message: Message<P>) => {
        if ("part" in message) onPart(message.part);
        else if ("whole" in message) resolve(true);
        else reject(Object.assign(new Error(message.error.message), message.error));
      });
      worker.on("error", reject);
      worker.on("exit", (code) =>
        reject(new Error(`a worker ended with code ${code} before it had an answer`)),
      );
    });
  } finally {
    clearTimeout(alarm);
    await worker.terminate();
  }
}

/** The other side: pieces of an answer, on a clock of seconds since its input was handed over. */
export function samplingHere<I, P>(parts: (input: I, clock: () => number) => Iterable<P>): void {
  const post = (message: Message<P>): void => parentPort?.postMessage(message);
  const { input, given } = workerData as Handover<I>;
  // Not every engine gives a thread an origin of its own.
  const origin = given - performance.timeOrigin;
  try {
    for (const part of parts(input, () => (performance.now() - origin) / 1000)) post({ part });
    post({ whole: true });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ error: { name, message, stack } });
  }
}
