import type { Svg } from "../../plots/svg.js";
import type { Claim } from "../../studies/claim.js";

/** A figure of the paper, computed: the picture with everything a reader needs to judge or redraw it. */
export interface FigureResult {
  readonly name: string;
  readonly svg: Svg;
  /** What is shown, with parameters in words. */
  readonly caption: string;
  /** The numbers behind the marks, by name; columns may differ in length. */
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly claims: readonly Claim[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

export type OnProgress = (done: number, total: number) => void;

/** Computes one figure from a seed: "quick" in under a minute, "full" in under twenty. */
export type FigureMaker = (size: "quick" | "full", seed: string, onProgress?: OnProgress) => FigureResult;

/** Counts pieces of work: every call is one more of `total` done. */
export function counter(total: number, onProgress?: OnProgress): () => void {
  let done = 0;
  return () => onProgress?.(++done, total);
}
