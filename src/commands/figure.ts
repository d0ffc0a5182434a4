import { ConfigError } from "../config/contract/config-error.js";
import { runPool } from "../experiments/pool/pool.js";
import { stopSentence, type Stop } from "../experiments/stop.js";
import {
  joinFigureBlocks,
  type FigureBlock,
  type FigureEnd,
  type FigureResult,
} from "../paper/figures/figure.js";
import { FIGURES } from "../paper/figures/figures.js";
import { columnsOf, csv, type Columns } from "../io/csv.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import type { Json } from "../io/json.js";
import { environment, identity } from "../io/manifest.js";
import type { NpyArray } from "../io/npz.js";
import { progressBar } from "../io/progress.js";
import { reserve } from "../io/reservation.js";
import { openWorker } from "../io/worker.js";
import { claimJson } from "./claim-table.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { captionText, figureText, unfinishedCaption, type FigureJson } from "./figure-text.js";
import type { FigureTask } from "./figure-worker.js";
import { endOf } from "./in-parts.js";
import { workersOf, type WorkerFlags } from "./workers.js";
import type { Row, Rows } from "../paper/figures/rows.js";

export interface FigureFlags extends ResultFlags, WorkerFlags {
  readonly quick?: boolean;
  readonly seed: string;
}

/**
 * `commonnoise figure <number>`: writes the picture, its numbers (tables as CSV and state.npz) and caption.md. 0 when all of
 * the figure's claims hold, 1 when one fails, 3 when it ended early; what there is is written in any case. Throws a
 * ConfigError on an unknown figure.
 */
export async function figureCommand(
  number: string,
  flags: FigureFlags,
  interrupts: Interrupts = UNINTERRUPTED,
): Promise<number> {
  interrupts.hold();
  if (!Object.hasOwn(FIGURES, number)) {
    throw new ConfigError(`figure: there is no figure "${number}"; want ${Object.keys(FIGURES).join(", ")}`);
  }
  const workers = workersOf(flags);
  const started = new Date();
  const { seed } = flags;
  const size = flags.quick ? "quick" : "full";
  const name = `figure-${number}`;
  const facts = identity({ command: `figure ${number}`, config: { figure: name, size }, seed });
  const reservation = await reserve(flags.out ?? `out/${name}`, facts, flags.force);
  try {
    if (reservation.finished) {
      const stored = reservation.finished.result as unknown as FigureJson;
      return await showFinished(reservation, flags, { text: figureText(stored), code: codeOf(stored) });
    }
    const found = await compute({ number, size, seed }, workers, interrupts);
    if (!found) return NOTHING_KEPT;
    const { figure, stopped } = found;
    const ended = new Date();
    const tables = Object.fromEntries([...tablesOf(found.rows)].map(([key, rows]) => [key, columnsOf(rows)]));
    const result: FigureJson = {
      figure: name,
      size,
      caption: figure?.caption ?? unfinishedCaption(name, stopped!),
      claims: figure?.claims.map(claimJson) ?? [],
      parameters: (figure?.parameters ?? {}) as Json,
      tables: tables as Json,
      manifest: facts,
      ...(stopped && { stopped }),
    };
    return await deliver({
      flags,
      reservation,
      result,
      environment: environment(started, ended, workers),
      state: stateOf(tables),
      ...(figure && { plots: { [name]: () => figure.svg } }),
      texts: {
        ...Object.fromEntries(Object.entries(tables).map(([key, columns]) => [`${key}.csv`, csv(columns)])),
        "caption.md": captionText(result, (ended.getTime() - started.getTime()) / 1000),
      },
      text: figureText(result),
      sentences: stopped ? [stopSentence(stopped)] : [],
      code: codeOf(result),
    });
  } finally {
    reservation.release();
  }
}

const codeOf = ({ claims, stopped }: FigureJson): number =>
  stopped ? KEPT : claims.every(({ verdict }) => verdict === "holds") ? 0 : 1;

/** The columns of numbers as arrays, by table and column; NaN where there is none. */
const stateOf = (tables: Readonly<Record<string, Columns>>): Record<string, NpyArray> =>
  Object.fromEntries(
    Object.entries(tables).flatMap(([key, columns]) =>
      Object.entries(columns)
        .filter(([, cells]) => Array.from(cells).every((cell) => typeof cell !== "string"))
        .map(([column, cells]) => {
          const data = Float64Array.from(cells, (cell) => (typeof cell === "number" ? cell : NaN));
          return [`${key}.${column}`, { shape: [data.length], data }];
        }),
    ),
  );

/** What there is of a figure: its rows, and all the rest unless it ended early. */
interface Found {
  readonly figure?: FigureResult;
  readonly rows: readonly Rows[];
  readonly stopped?: Stop;
}

/** The figure on threads; the rows of its first pieces until it ends, however that is. Null when that is nothing. */
async function compute(task: FigureTask, workers: number, interrupts: Interrupts): Promise<Found | null> {
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    const pooled = await runPool<FigureBlock, FigureEnd>({
      open: () => openWorker(new URL("./figure-worker.js", import.meta.url)),
      input: task,
      workers,
      join: joinFigureBlocks,
      conclude: true,
      hold: (stop) => interrupts.hold(stop),
      onInterrupt: "parts",
      onProgress(_, done, of) {
        bar ??= progressBar("parts", of);
        bar.update(done);
      },
    });
    if (!pooled) return null;
    const { rows = [], progress } = pooled.lanes[0]?.found ?? {};
    const stopped = endOf(pooled, rows.length > 0 ? progress! : null);
    if (stopped === null) return null;
    const { answer } = pooled;
    return answer ? { figure: answer.figure, rows: [...rows, ...answer.rows] } : { rows, stopped };
  } finally {
    bar?.stop();
  }
}

/** Rows by the name of their table, those that came first in front. */
function tablesOf(rows: readonly Rows[]): Map<string, Row[]> {
  const tables = new Map<string, Row[]>();
  for (const [table, more] of rows) tables.set(table, [...(tables.get(table) ?? []), ...more]);
  return tables;
}
