import { ConfigError } from "../config/contract/config-error.js";
import { stopSentence } from "../experiments/stop.js";
import { FIGURES } from "../paper/figures/figures.js";
import type { FigureResult, Progress, Row } from "../paper/figures/figure.js";
import { columnsOf, csv, type Columns } from "../io/csv.js";
import { NOTHING_KEPT, UNINTERRUPTED, type Interrupts } from "../io/interrupts.js";
import type { Json } from "../io/json.js";
import { environment, identity } from "../io/manifest.js";
import type { NpyArray } from "../io/npz.js";
import { progressBar } from "../io/progress.js";
import { reserve } from "../io/reservation.js";
import { claimJson } from "./claim-table.js";
import { deliver, KEPT, showFinished, type ResultFlags } from "./deliver.js";
import { captionText, figureText, unfinishedCaption, type FigureJson } from "./figure-text.js";
import type { FigurePart, FigureTask } from "./figure-worker.js";
import { inParts, type Ended } from "./in-parts.js";

export interface FigureFlags extends ResultFlags {
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
    const found = await compute({ number, size, seed }, interrupts);
    if (!found) return NOTHING_KEPT;
    const { whole: figure, stopped } = found;
    const ended = new Date();
    const tables = Object.fromEntries([...found.tables].map(([key, rows]) => [key, columnsOf(rows)]));
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
      environment: environment(started, ended),
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

/** Rows by the name of their table, those that came first in front. */
type Tables = ReadonlyMap<string, readonly Row[]>;

/** The figure in a thread of its own; what it has handed over until it ends, however that is. Null when that is nothing. */
async function compute(
  task: FigureTask,
  interrupts: Interrupts,
): Promise<(Ended<FigureResult> & { readonly tables: Tables }) | null> {
  const tables = new Map<string, Row[]>();
  let progress: Progress = { done: 0, of: 1, unit: "figures" };
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    const ended = await inParts<FigureResult, FigurePart>(
      new URL("./figure-worker.js", import.meta.url),
      task,
      {
        interrupts,
        onPart(part) {
          if ("table" in part) {
            const rows = tables.get(part.table);
            if (rows) rows.push(...part.rows);
            else tables.set(part.table, [...part.rows]);
            return;
          }
          progress = part.progress;
          bar ??= progressBar(progress.unit, progress.of);
          bar.update(progress.done);
        },
        far: () => (tables.size > 0 ? progress : null),
      },
    );
    return ended && { ...ended, tables };
  } finally {
    bar?.stop();
  }
}
