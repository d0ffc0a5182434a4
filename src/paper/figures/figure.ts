import type { Svg } from "../../plots/svg.js";
import type { Block } from "../../studies/blocks.js";
import type { Claim } from "../../studies/claim.js";
import type { Work } from "../../experiments/pool/serve.js";
import type { Parts } from "./parts.js";
import type { Keep, Rows } from "./rows.js";

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
  readonly keep?: Keep;
}

/** A figure in parts, and the unit in which they count. */
export interface FigurePlan extends Parts<FigureResult> {
  readonly unit: string;
}

/** Plans one figure from a seed: on one thread "quick" takes under a minute, "full" under twenty. */
export type FigureMaker = (size: "quick" | "full", seed: string) => FigurePlan;

/** All units of progress of a figure. */
export const unitsOf = ({ pieces }: FigurePlan): number => pieces.reduce((s, { counts }) => s + counts, 0);

/** Computes a figure on one thread. What a piece found is handed over after it is counted. */
export function drawn(
  plan: FigurePlan,
  { onProgress, keep = () => undefined }: FigureHooks = {},
): FigureResult {
  const [of, { unit }] = [unitsOf(plan), plan];
  let done = 0;
  const found = plan.pieces.map(({ compute, rows }) => {
    const one = compute(() => onProgress?.({ done: ++done, of, unit }));
    for (const kept of rows(one)) keep(...kept);
    return one;
  });
  return plan.join(found, keep);
}

/** What some pieces of a figure found, with the rows that are known of it. */
export interface FigureBlock extends Block {
  readonly found: readonly unknown[];
  readonly rows: readonly Rows[];
  readonly progress: Progress;
}

/** Two neighbouring blocks of a figure. */
export const joinFigureBlocks = (left: FigureBlock, right: FigureBlock): FigureBlock => ({
  ...right,
  from: left.from,
  found: [...left.found, ...right.found],
  rows: [...left.rows, ...right.rows],
  progress: { ...right.progress, done: left.progress.done + right.progress.done },
});

/** A figure in the end, with the rows that were known only then. */
export interface FigureEnd {
  readonly figure: FigureResult;
  readonly rows: readonly Rows[];
}

/** A figure for threads to share. */
export function figureWork(plan: FigurePlan): Work<FigureBlock> {
  const { pieces, unit, join } = plan;
  const of = unitsOf(plan);
  return {
    lanes: [pieces.length],
    block(_, from, to, { onProgress }) {
      let done = 0;
      const found: unknown[] = [];
      const rows: Rows[] = [];
      for (const piece of pieces.slice(from, to)) {
        const one = piece.compute(() => onProgress(++done, of));
        found.push(one);
        rows.push(...piece.rows(one));
      }
      return { from, to, found, rows, progress: { done, of, unit } };
    },
    conclude([whole]): FigureEnd {
      const rows: Rows[] = [];
      const figure = join(whole!.found, (...kept) => void rows.push(kept));
      return { figure, rows };
    },
  };
}
