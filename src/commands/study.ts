import type { Config } from "../config/config.js";
import { checkSize } from "../config/estimate.js";
import { withoutArrays } from "../config/file-arrays.js";
import { runPool } from "../experiments/pool/pool.js";
import type { StudyCurve, StudyKind, StudyReport } from "../experiments/study/report.js";
import { stopSentence } from "../experiments/stop.js";
import { csv } from "../io/csv.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import { environment, identity, type Manifest } from "../io/manifest.js";
import { progressBar } from "../io/progress.js";
import { reserve } from "../io/reservation.js";
import type { PlainResult } from "../io/run-record.js";
import { openWorker } from "../io/worker.js";
import { joinFoundPaths, type FoundPaths } from "../studies/paths.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { inOrder } from "./in-order.js";
import { loadHeard } from "./load.js";
import { convergenceFigure, workFigure } from "./study-figures.js";
import type { StudyTask, TimedStudy } from "./study-worker.js";
import { intervalText, short, table } from "./table.js";
import { workersOf, type WorkerFlags } from "./workers.js";

export interface StudyFlags extends ResultFlags, WorkerFlags {
  /** Seconds a path in the JSON as well: then two runs differ. */
  readonly timing?: boolean;
}

/**
 * `commonnoise study <kind>`: 0 with the study done, whatever its slope, 3 when it stopped early with everything kept; bad
 * configurations throw a ConfigError.
 */
export async function studyCommand(
  kind: StudyKind,
  path: string,
  flags: StudyFlags,
  interrupts: Interrupts = UNINTERRUPTED,
): Promise<number> {
  const started = new Date();
  const workers = workersOf(flags);
  const config = await loadHeard(path, interrupts);
  if (!flags.yes) checkSize(config, `study ${kind}`);
  const command = `study ${kind}${flags.timing ? " --timing" : ""}`;
  const facts = identity({ command, config: withoutArrays(config), seed: config.ensemble.seed });
  const reservation = flags.out === undefined ? null : await reserve(flags.out, facts, flags.force);
  try {
    if (reservation?.finished) {
      const text = studyText(reservation.finished.result as unknown as StudyReport, [], config);
      return await showFinished(reservation, flags, { text, code: 0 });
    }
    const timing = flags.timing === true || flags.out !== undefined || !flags.json;
    const found = await compute({ kind, config, timing }, workers, interrupts);
    if (!found || (found.report.stopped?.interrupted && found.report.stopped.done === 0)) return NOTHING_KEPT;
    const { report, seconds } = found;
    const { stopped, scheme, notes } = report;
    return await deliver({
      flags,
      reservation,
      config,
      result: resultOf(report, { ...facts, scheme, notes }, flags.timing ? seconds : null),
      environment: environment(started, new Date(), workers),
      texts: { "levels.csv": levelsCsv(report, config), "times.csv": timesCsv(report, seconds) },
      plots: {
        convergence: () => convergenceFigure(report),
        ...(seconds.length === report.levels.length && { work: () => workFigure(report, seconds) }),
      },
      text: studyText(report, seconds, config),
      sentences: stopped ? [stopSentence(stopped)] : [],
      code: stopped ? KEPT : 0,
    });
  } finally {
    reservation?.release();
  }
}

/** The study on threads, with a bar of its progress; undefined where an interrupt came first. */
async function compute(
  task: StudyTask,
  workers: number,
  interrupts: Interrupts,
): Promise<TimedStudy | undefined> {
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    const pooled = await runPool<FoundPaths, TimedStudy>({
      open: () => openWorker(new URL("./study-worker.js", import.meta.url)),
      input: task,
      workers,
      join: joinFoundPaths,
      conclude: true,
      hold: (stop) => interrupts.hold(stop),
      onError: () => true,
      onProgress(_, done, total) {
        bar ??= progressBar("paths", total);
        bar.update(done);
      },
    });
    if (pooled?.failure) throw pooled.failure;
    return pooled?.answer;
  } finally {
    bar?.stop();
  }
}

/** What run.json holds and --json prints. */
function resultOf(report: StudyReport, manifest: Manifest, seconds: readonly number[] | null): PlainResult {
  const withSeconds = ({ levels, fit }: StudyCurve): StudyCurve => ({
    levels: seconds ? levels.map((level, i) => ({ ...level, seconds: seconds[i] })) : levels,
    fit,
  });
  return {
    ...plain({
      ...report,
      ...withSeconds(report),
      ...(report.observables && {
        observables: Object.fromEntries(
          Object.entries(report.observables).map(([name, curve]) => [name, withSeconds(curve)]),
        ),
      }),
    }),
    manifest,
  };
}

/** A report as plain JSON data. */
const plain = (report: StudyReport): Omit<PlainResult, "manifest"> =>
  JSON.parse(JSON.stringify(report)) as Omit<PlainResult, "manifest">;

const curves = (report: StudyReport, { observe }: Config): (readonly [name: string, curve: StudyCurve])[] =>
  report.observables ? inOrder(report.observables, observe) : [["", report]];

function levelsCsv(report: StudyReport, config: Config): string {
  const rows = curves(report, config).flatMap(([name, { levels }]) =>
    levels.map((level) => ({ name, ...level })),
  );
  const column = (key: "steps" | "tokens" | "eta" | "localSlope" | "bias" | "standardError") =>
    rows.map((row) => row[key] ?? null);
  const optional = (key: Parameters<typeof column>[0]) =>
    rows.some((row) => row[key] !== undefined) ? { [key]: column(key) } : {};
  return csv({
    ...(report.observables && { observable: rows.map(({ name }) => name) }),
    ...optional("steps"),
    ...optional("tokens"),
    ...optional("eta"),
    error: rows.map(({ error }) => error),
    low: rows.map(({ interval }) => interval?.[0] ?? null),
    high: rows.map(({ interval }) => interval?.[1] ?? null),
    localSlope: column("localSlope"),
    ...optional("bias"),
    ...optional("standardError"),
    resolved: rows.map(({ resolved }) => (resolved === undefined ? null : String(resolved))),
    paths: rows.map(() => report.paths),
    "random numbers": rows.map(({ work }) => work),
  });
}

const timesCsv = ({ levels, study }: StudyReport, seconds: readonly number[]): string =>
  csv({
    [study === "propagation-of-chaos" ? "tokens" : "steps"]: levels.map(
      ({ tokens, steps }) => (tokens ?? steps)!,
    ),
    "seconds a path": levels.map((_, i) => seconds[i] ?? null),
  });

function studyText(report: StudyReport, seconds: readonly number[], config: Config): string {
  const { scheme, reference, paths, quantity, notes } = report;
  const blocks = curves(report, config).map(([name, curve]) => {
    const weak = curve.levels.some(({ standardError }) => standardError !== undefined);
    const unit = report.study === "transformer" ? "layers" : curve.levels[0]?.tokens ? "tokens" : "steps";
    const rows = curve.levels.map((level, i) => [
      (level.tokens ?? level.steps)!,
      level.error,
      intervalText(level.interval),
      ...(weak ? [level.standardError ?? "none"] : []),
      level.localSlope === undefined ? "" : short(level.localSlope),
      level.work,
      seconds[i] === undefined ? "" : short(seconds[i] * 1000),
    ]);
    const columns = [
      unit,
      "error",
      "95% interval",
      ...(weak ? ["Monte Carlo error"] : []),
      "local slope",
      "random numbers",
      "ms a path",
    ];
    const slope = curve.fit
      ? `Fitted slope: ${curve.fit.slope.toFixed(3)}, 95% interval ${intervalText(curve.fit.interval)}.\n`
      : "No slope: fewer than two levels have an error above noise and rounding.\n";
    return `${name ? `\nBias of the mean of ${name}\n` : ""}${table(columns, rows)}${slope}`;
  });
  return [
    `Scheme: ${scheme}. Reference: ${reference}. ${paths} path${paths === 1 ? "" : "s"}. Error: ${report.observables ? "bias of means" : quantity}.\n`,
    ...blocks,
    ...notes.map((note) => `Note: ${note}.\n`),
  ].join("");
}
