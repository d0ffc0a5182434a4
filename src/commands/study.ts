import { withoutArrays } from "../config/file-arrays.js";
import { STUDIES } from "../experiments/study/studies.js";
import type { Study, StudyCurve, StudyKind, StudyReport } from "../experiments/study/report.js";
import { csv } from "../io/csv.js";
import { environment, manifest } from "../io/manifest.js";
import { progressBar } from "../io/progress.js";
import { runJson, writeResult, type PlainResult } from "../io/run-record.js";
import { load } from "./load.js";
import { convergenceFigure, workFigure } from "./study-figures.js";
import { table } from "./table.js";

export interface StudyFlags {
  readonly out?: string;
  readonly json?: boolean;
  /** Seconds a path in the JSON as well: then two runs differ. */
  readonly timing?: boolean;
}

/** `commonnoise study <kind>`: 0 with the study done, whatever its slope; bad configurations throw a ConfigError. */
export async function studyCommand(kind: StudyKind, path: string, flags: StudyFlags): Promise<number> {
  const started = new Date();
  const config = load(path);
  let bar: ReturnType<typeof progressBar> | undefined;
  const study = STUDIES[kind](config, {
    onProgress(done, total) {
      bar ??= progressBar("paths", total);
      bar.update(done);
    },
  });
  bar?.stop();
  const { report } = study;
  const seconds = flags.timing || flags.out || !flags.json ? timeLevels(study) : [];
  const { scheme, notes } = report;
  const withSeconds = ({ levels, fit }: StudyCurve): StudyCurve => ({
    levels: flags.timing ? levels.map((level, i) => ({ ...level, seconds: seconds[i] })) : levels,
    fit,
  });
  const result: PlainResult = {
    ...plain({
      ...report,
      ...withSeconds(report),
      ...(report.observables && {
        observables: Object.fromEntries(
          Object.entries(report.observables).map(([name, curve]) => [name, withSeconds(curve)]),
        ),
      }),
    }),
    manifest: manifest({ config: withoutArrays(config), seed: config.ensemble.seed, scheme, notes }),
  };
  if (flags.out) {
    const { remarks } = await writeResult(flags.out, {
      result,
      environment: environment(started, new Date()),
      texts: { "levels.csv": levelsCsv(report), "times.csv": timesCsv(report, seconds) },
      plots: { convergence: convergenceFigure(report), work: workFigure(report, seconds) },
    });
    for (const remark of remarks) process.stderr.write(`${remark}\n`);
  }
  if (flags.json) process.stdout.write(runJson(result));
  else {
    process.stdout.write(text(report, seconds));
    if (flags.out) process.stdout.write(`Written to ${flags.out}.\n`);
  }
  return 0;
}

/** Paths timed at each level, after one that warms the code up. */
const TIMED = 5;

/** Median seconds of a path at every level alone. */
function timeLevels({ report, alone }: Study): number[] {
  return report.levels.map(({ steps, tokens }) => {
    const level = (tokens ?? steps)!;
    const times = Array.from({ length: TIMED + 1 }, (_, path) => {
      const start = performance.now();
      alone(level, path);
      return (performance.now() - start) / 1000;
    });
    return times.slice(1).sort((a, b) => a - b)[Math.floor(TIMED / 2)];
  });
}

/** A report as plain JSON data. */
const plain = (report: StudyReport): Omit<PlainResult, "manifest"> =>
  JSON.parse(JSON.stringify(report)) as Omit<PlainResult, "manifest">;

const curves = (report: StudyReport): [string, StudyCurve][] =>
  report.observables ? Object.entries(report.observables) : [["", report]];

function levelsCsv(report: StudyReport): string {
  const rows = curves(report).flatMap(([name, { levels }]) => levels.map((level) => ({ name, ...level })));
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
    "random numbers": rows.map(({ work }) => work),
  });
}

const timesCsv = ({ levels }: StudyReport, seconds: readonly number[]): string =>
  csv({
    ...(levels[0].tokens === undefined
      ? { steps: levels.map(({ steps }) => steps!) }
      : { tokens: levels.map(({ tokens }) => tokens!) }),
    "seconds a path": seconds,
  });

const short = (v: number): string => String(Number(v.toPrecision(3)));
const range = (interval: readonly [number, number] | null): string =>
  interval ? `[${interval.map(short).join(", ")}]` : "unbounded";

function text(report: StudyReport, seconds: readonly number[]): string {
  const { scheme, reference, paths, quantity, notes } = report;
  const blocks = curves(report).map(([name, curve]) => {
    const weak = curve.levels.some(({ standardError }) => standardError !== undefined);
    const unit = report.study === "transformer" ? "layers" : curve.levels[0].tokens ? "tokens" : "steps";
    const rows = curve.levels.map((level, i) => [
      (level.tokens ?? level.steps)!,
      level.error,
      range(level.interval),
      ...(weak ? [level.standardError!] : []),
      level.localSlope === undefined ? "" : short(level.localSlope),
      level.work,
      short(seconds[i] * 1000),
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
      ? `Fitted slope: ${curve.fit.slope.toFixed(3)}, 95% interval ${range(curve.fit.interval)}.\n`
      : "No slope: fewer than two levels have an error to fit.\n";
    return `${name ? `\nBias of the mean of ${name}\n` : ""}${table(columns, rows)}${slope}`;
  });
  return [
    `Scheme: ${scheme}. Reference: ${reference}. ${paths} paths. Error: ${report.observables ? "bias of means" : quantity}.\n`,
    ...blocks,
    ...notes.map((note) => `Note: ${note}.\n`),
  ].join("");
}
