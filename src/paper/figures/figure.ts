import type { Svg } from "../../plots/svg.js";
import type { Claim } from "../../studies/claim.js";

/** One observation: numbers and words by column. Null where there is no number, such as the error of an exact value. */
export type Row = Readonly<Record<string, number | string | null>>;

/** A figure of the paper, computed: the picture with what a reader needs to judge it. Its numbers are handed over before. */
export interface FigureResult {
  readonly name: string;
  readonly svg: Svg;
  /** What is shown, with parameters in words. */
  readonly caption: string;
  readonly claims: readonly Claim[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** How far a figure came, in the unit it works in. */
export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly unit: string;
}

/** Who hears of a figure while it is computed. */
export interface FigureHooks {
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Given every number behind the marks as soon as it is known: rows of a table, one an observation. All rows of a table
   * have the same columns.
   */
  readonly keep?: (table: string, rows: readonly Row[]) => void;
}

/** Computes one figure from a seed: "quick" in under a minute, "full" in under twenty. */
export type FigureMaker = (size: "quick" | "full", seed: string, hooks?: FigureHooks) => FigureResult;

/** Counts pieces of work: every call is one more of `of` done. What a piece found is handed over after it is counted. */
export function counter(of: number, unit: string, { onProgress }: FigureHooks): () => void {
  let done = 0;
  return () => onProgress?.({ done: ++done, of, unit });
}
