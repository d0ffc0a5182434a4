import { FIGURES } from "../paper/figures/figures.js";
import { figureWork, type FigureBlock } from "../paper/figures/figure.js";
import { serveHere } from "../io/worker.js";

export interface FigureTask {
  readonly number: string;
  readonly size: "quick" | "full";
  readonly seed: string;
}

/** Pieces of a figure, in a thread of its own. */
serveHere<FigureTask, FigureBlock>(({ number, size, seed }) => figureWork(FIGURES[number](size, seed)));
