import type { Measure } from "../../types.js";
import type { LawDistance } from "./distance.js";

/** A level stands where the limit's own squared distance from a finer one is at most this part of the tokens'. */
const FINER = 0.02;

/** The levels whose tokens are much further from the limit law than its nodes are, and how far those are. */
export interface FineLevels {
  readonly levels: readonly number[];
  /** Squared distance of the limit's nodes from four times as many. */
  readonly gap: number;
}

/**
 * Holds the limit's nodes against a law four times finer, at the start: nodes that are not much closer to it than n tokens
 * are would be measured themselves, and the rate would flatten.
 */
export function fineLevels(
  limit: Measure,
  finer: Measure,
  levels: readonly number[],
  tokens: (n: number) => Measure,
  distance: LawDistance,
): FineLevels {
  const gap = distance.gap(limit, finer);
  const from = distance.from(finer);
  return { levels: levels.filter((n) => gap <= FINER * from(tokens(n))), gap };
}

/** What a reader must know of the levels that were left out. */
export function leftOut(
  levels: readonly number[],
  { levels: kept, gap }: FineLevels,
  nodes: number,
): string | null {
  const gone = levels.filter((n) => !kept.includes(n));
  if (gone.length === 0) return null;
  return (
    `left out: ${gone.join(", ")} tokens, for which the limit law is not fine enough: its ${nodes} nodes are a squared ` +
    `distance of ${gap.toPrecision(2)} from four times as many, more than ${100 * FINER}% of the tokens'`
  );
}
