import { SingleBar } from "cli-progress";

export interface Progress {
  /** `done` of the total, counted from the start. */
  update(done: number): void;
  stop(): void;
}

/** Where there is no terminal: a line after this many milliseconds, and then every so many. */
const FIRST_LINE = 5_000;
const NEXT_LINE = 10_000;

/**
 * How far work came, on standard error, with rate and time left: a bar on a terminal; elsewhere, as in a pipe or a log, a
 * line every ten seconds, and none for work that ends within five.
 */
export function progressBar(
  task: string,
  total: number,
  stream: NodeJS.WritableStream & { isTTY?: boolean } = process.stderr,
): Progress {
  return stream.isTTY ? bar(task, total, stream) : lines(task, total, stream);
}

function bar(task: string, total: number, stream: NodeJS.WritableStream): Progress {
  const perSecond = rateFrom(performance.now());
  const drawn = new SingleBar({
    format: "{task} [{bar}] {percentage}% | {value}/{total} | {rate}/s | {eta_formatted} left",
    stream,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
  });
  drawn.start(total, 0, { task, rate: "–" });
  return {
    update(done) {
      const rate = perSecond(done);
      drawn.update(done, { rate: rate > 0 ? short(rate) : "–" });
    },
    stop: () => drawn.stop(),
  };
}

function lines(task: string, total: number, stream: NodeJS.WritableStream): Progress {
  const perSecond = rateFrom(performance.now());
  let done = 0;
  const say = (): void => {
    const rate = perSecond(done);
    const rest = rate > 0 ? `, ${short(rate)}/s, ${duration((total - done) / rate)} left` : "";
    stream.write(`${task}: ${done} of ${total}${rest}\n`);
    timer = setTimeout(say, NEXT_LINE).unref();
  };
  let timer = setTimeout(say, FIRST_LINE).unref();
  return {
    update: (now) => (done = now),
    stop: () => clearTimeout(timer),
  };
}

const rateFrom =
  (started: number) =>
  (done: number): number =>
    (1000 * done) / (performance.now() - started);

const short = (v: number): string => String(Number(v.toPrecision(3)));

/** "50 s", "3 min", "2 h 5 min". */
function duration(seconds: number): string {
  if (seconds < 99) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
