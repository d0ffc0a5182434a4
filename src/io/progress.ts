import { SingleBar } from "cli-progress";

export interface Progress {
  /** `done` of the total, counted from the start. */
  update(done: number): void;
  stop(): void;
}

/**
 * A bar on standard error with rate and time left. Silent unless `stream` is a terminal, so that pipes and logs stay
 * clean.
 */
export function progressBar(
  task: string,
  total: number,
  stream: NodeJS.WritableStream & { isTTY?: boolean } = process.stderr,
): Progress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const started = performance.now();
  const bar = new SingleBar({
    format: "{task} [{bar}] {percentage}% | {value}/{total} | {rate}/s | {eta_formatted} left",
    stream,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
  });
  bar.start(total, 0, { task, rate: "–" });
  return {
    update(done) {
      const seconds = (performance.now() - started) / 1000;
      bar.update(done, { rate: seconds > 0 ? Number((done / seconds).toPrecision(3)).toString() : "–" });
    },
    stop: () => bar.stop(),
  };
}
