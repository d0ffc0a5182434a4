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

/** Computes one figure from a seed: "quick" in under a minute, "full" in under twenty. */
export type FigureMaker = (
  size: "quick" | "full",
  seed: string,
  onProgress?: (done: number, total: number) => void,
) => FigureResult;
