import { checkSize } from "../config/estimate.js";
import { withoutArrays } from "../config/file-arrays.js";
import { runPool } from "../experiments/pool/pool.js";
import { blockNumbers, type RunNumbers } from "../experiments/run.js";
import { joinRunBlocks, type RunBlock } from "../experiments/run-block.js";
import { stopSentence } from "../experiments/stop.js";
import type { Config } from "../config/config.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import { identity, environment } from "../io/manifest.js";
import { progressBar } from "../io/progress.js";
import { reserve } from "../io/reservation.js";
import { observablesCsv, type RunJson } from "../io/run-record.js";
import { openWorker } from "../io/worker.js";
import { observablesPlot } from "../plots/observables-plot.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { inOrder } from "./in-order.js";
import { loadHeard } from "./load.js";
import { table } from "./table.js";
import { workersOf, type WorkerFlags } from "./workers.js";

/** `commonnoise run`: 0 when the run reached its horizon, 3 when it stopped early with everything kept. */
export async function runCommand(
  path: string,
  flags: ResultFlags & WorkerFlags,
  interrupts: Interrupts = UNINTERRUPTED,
): Promise<number> {
  const started = new Date();
  const workers = workersOf(flags);
  const config = await loadHeard(path, interrupts);
  if (!flags.yes) checkSize(config, "run");
  const facts = identity({ command: "run", config: withoutArrays(config), seed: config.ensemble.seed });
  const reservation = flags.out === undefined ? null : await reserve(flags.out, facts, flags.force);
  try {
    if (reservation?.finished) {
      const text = runText(reservation.finished.result as unknown as RunJson, config);
      return await showFinished(reservation, flags, { text, code: 0 });
    }
    const found = await compute(config, workers, interrupts);
    if (!found || (found.stopped?.interrupted && found.stopped.done === 0)) return NOTHING_KEPT;
    const { observables, diagnostics, final, stopped } = found;
    const result: RunJson = { observables, diagnostics, manifest: facts, final, stopped };
    return await deliver({
      flags,
      reservation,
      config,
      result,
      environment: environment(started, new Date(), workers),
      plots: { observables: () => picture(observables) },
      texts: { "observables.csv": observablesCsv(observables) },
      text: runText(result, config),
      sentences: stopped ? [stopSentence(stopped)] : [],
      code: stopped ? KEPT : 0,
    });
  } finally {
    reservation?.release();
  }
}

/** The run on threads, with a bar of its progress; undefined where an interrupt came first. */
async function compute(
  config: Config,
  workers: number,
  interrupts: Interrupts,
): Promise<RunNumbers | undefined> {
  const unit = config.ensemble.paths > 1 ? "paths" : "steps";
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    const pooled = await runPool<RunBlock>({
      open: () => openWorker(new URL("./run-worker.js", import.meta.url)),
      input: config,
      workers,
      join: joinRunBlocks,
      hold: (stop) => interrupts.hold(stop),
      onError: () => true,
      onProgress(_, done, of) {
        bar ??= progressBar(unit, of);
        bar.update(done);
      },
    });
    if (pooled?.failure) throw pooled.failure;
    const found = pooled?.lanes[0].found;
    return found ? blockNumbers(config, found) : undefined;
  } finally {
    bar?.stop();
  }
}

const picture = (observables: RunNumbers["observables"]) =>
  observablesPlot({
    series: Object.entries(observables).map(([label, { time, mean, stderr }]) => ({
      label,
      time,
      mean,
      ...(stderr.every((s) => s !== null) && { stderr: stderr.map(Number) }),
    })),
  });

/** What a terminal shows: every observable where it ended, and what there is to know. */
function runText({ observables, diagnostics }: RunJson, { observe }: Config): string {
  const rows = inOrder(observables, observe).flatMap(([name, { time, mean, stderr }]) => {
    const last = time.length - 1;
    return last < 0 ? [] : [[name, time[last], mean[last], stderr[last] ?? "one path"]];
  });
  const note = typeof diagnostics.note === "string" ? `Note: ${diagnostics.note}.\n` : "";
  return table(["observable", "time", "mean", "standard error"], rows) + note;
}
