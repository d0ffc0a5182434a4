import { parentPort, Worker } from "node:worker_threads";
import type { Block } from "../studies/blocks.js";
import type { Channel } from "../experiments/pool/messages.js";
import { serve, type Work } from "../experiments/pool/serve.js";

/** A thread that runs a script, for a pool. */
export function openWorker(script: URL): Channel {
  const worker = new Worker(script);
  let ended = false;
  return {
    post: (message) => worker.postMessage(message),
    end() {
      ended = true;
      void worker.terminate();
    },
    listen(heard, failed) {
      worker.on("message", heard);
      worker.on("error", failed);
      worker.on("exit", (code) => {
        if (!ended) failed(new Error(`a worker ended with code ${code} before it had an answer`));
      });
    },
  };
}

/** The other side: what such a script does with its input. */
export function serveHere<I, B extends Block, P = never>(
  plan: (input: I, stopping: () => boolean) => Work<B, P>,
): void {
  const port = parentPort!;
  serve(
    {
      post: (message) => port.postMessage(message),
      end: () => port.close(),
      listen: (heard) => port.on("message", heard),
    },
    plan,
  );
}
