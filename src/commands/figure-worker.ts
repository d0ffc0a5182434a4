import { FIGURES } from "../paper/figures/figures.js";
import type { FigureResult, Progress, Row } from "../paper/figures/figure.js";
import { answer, type WorkerSide } from "../io/worker.js";

export interface FigureTask {
  readonly number: string;
  readonly size: "quick" | "full";
  readonly seed: string;
}

/** What is known of a figure before it is whole. */
export type FigurePart =
  { readonly progress: Progress } | { readonly table: string; readonly rows: readonly Row[] };

/** A figure in a thread of its own, which hands over its numbers as they come: then an interrupt costs only the rest. */
answer(({ number, size, seed }: FigureTask, { onPart }: WorkerSide<FigurePart>): FigureResult =>
  FIGURES[number](size, seed, {
    onProgress: (progress) => onPart({ progress }),
    keep: (table, rows) => onPart({ table, rows }),
  }),
);
