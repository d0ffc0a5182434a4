import { Stopped } from "../numerics/stopped.js";
import { retract } from "../sphere/retract.js";
import type { Manifold, Measure } from "../types.js";
import type { StatisticDefinition } from "./field-kinds.js";
import { takeReturned } from "./returned.js";

/** A model's statistic of the law, and how it moves with the points. */
export interface Summary {
  /** [size], of the law last taken. */
  readonly numbers: Float64Array;
  /** [size], the derivative last taken. */
  readonly moved: Float64Array;
  take(law: Measure): void;
  /** The derivative at `law` along `along` [n,d]. */
  move(law: Measure, along: Float64Array): void;
}

export interface Summarizing {
  /** The model's, for complaints. */
  readonly name: string;
  readonly manifold: Manifold;
  readonly dimension: number;
  readonly statistic?: StatisticDefinition;
}

/** Largest displacement of a coordinate in a difference. */
const STEP = 1e-5;

/** Throws `Stopped`, naming the statistic, where it is not finite, and a RangeError for one that returns what it must not. */
export function planSummary(
  { name, manifold, dimension: d, statistic }: Summarizing,
  count: number,
): Summary {
  const size = statistic?.size ?? 0;
  const numbers = new Float64Array(size);
  const moved = new Float64Array(size);
  if (!statistic) return { numbers, moved, take: () => undefined, move: () => undefined };
  const given = statistic.derivative?.bind(statistic);
  const shifted = new Float64Array(given ? 0 : count * d);
  const minus = new Float64Array(given ? 0 : size);

  const ask = (what: string, out: Float64Array, question: () => unknown): void => {
    out.fill(0);
    const returned = question();
    if (returned !== undefined) takeReturned(returned, out, name, what);
    for (const v of out) {
      if (!Number.isFinite(v)) throw new Stopped(`model "${name}": ${what} gave ${v}`);
    }
  };
  const of = (law: Measure, out: Float64Array): void =>
    ask("statistic.of", out, () => statistic.of(law, out));

  /** By a symmetric difference, the whole ensemble shifted. */
  const difference = (law: Measure, along: Float64Array): void => {
    let largest = 0;
    for (const v of along) largest = Math.max(largest, Math.abs(v));
    moved.fill(0);
    if (largest === 0) return;
    const s = STEP / largest;
    const at = { ...law, points: shifted };
    retract(manifold, law.points, s, along, d, shifted);
    of(at, moved);
    retract(manifold, law.points, -s, along, d, shifted);
    of(at, minus);
    for (let e = 0; e < size; e++) moved[e] = (moved[e] - minus[e]) / (2 * s);
  };

  return {
    numbers,
    moved,
    take: (law) => of(law, numbers),
    move(law, along) {
      if (!given) difference(law, along);
      else ask("statistic.derivative", moved, () => given(law, along, moved));
    },
  };
}
