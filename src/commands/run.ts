import { withoutArrays } from "../config/file-arrays.js";
import type { RunNumbers } from "../experiments/run.js";
import { manifest, environment } from "../io/manifest.js";
import { progressBar } from "../io/progress.js";
import { runJson, writeRun, type RunJson } from "../io/run-record.js";
import { inWorker } from "../io/worker.js";
import { observablesPlot } from "../plots/observables-plot.js";
import { load } from "./load.js";
import { table } from "./table.js";

export interface RunFlags {
  readonly out?: string;
  readonly json?: boolean;
}

/** `commonnoise run`: 0 when the run reached its horizon, 3 when it stopped early with everything kept. */
export async function runCommand(path: string, flags: RunFlags): Promise<number> {
  const started = new Date();
  const config = load(path);
  const total = config.ensemble.paths > 1 ? config.ensemble.paths : 1;
  let bar: ReturnType<typeof progressBar> | undefined;
  const outcome = await inWorker<RunNumbers>(new URL("./run-worker.js", import.meta.url), config, {
    stopOnInterrupt: true,
    onProgress(done, of) {
      bar ??= progressBar(total > 1 ? "paths" : "steps", of);
      bar.update(done);
    },
  });
  bar?.stop();
  const { observables, diagnostics, final, stopped } = outcome;
  const result: RunJson = {
    observables,
    diagnostics,
    manifest: manifest({ config: withoutArrays(config), seed: config.ensemble.seed }),
    final,
    stopped,
  };
  if (flags.out) {
    const { remarks } = await writeRun(flags.out, {
      result,
      environment: environment(started, new Date()),
      plots: {
        observables: observablesPlot({
          series: Object.entries(observables).map(([label, { time, mean, stderr }]) => ({
            label,
            time,
            mean,
            ...(stderr.every((s) => s !== null) && { stderr: stderr.map(Number) }),
          })),
        }),
      },
    });
    for (const remark of remarks) process.stderr.write(`${remark}\n`);
  }
  if (flags.json) process.stdout.write(runJson(result));
  else {
    process.stdout.write(
      table(
        ["observable", "time", "mean", "standard error"],
        Object.entries(observables).map(([name, { time, mean, stderr }]) => {
          const last = time.length - 1;
          return [name, time[last], mean[last], stderr[last] ?? "one path"];
        }),
      ),
    );
    if (typeof diagnostics.note === "string") process.stdout.write(`Note: ${diagnostics.note}.\n`);
    if (flags.out) process.stdout.write(`Written to ${flags.out}.\n`);
  }
  if (stopped) {
    process.stderr.write(`Stopped at t = ${stopped.time}: ${stopped.cause}.\n`);
    return 3;
  }
  return 0;
}
