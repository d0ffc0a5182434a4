import type { Side } from "./side.js";

/** Median and quartiles of a sample. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export interface Timing {
  readonly rounds: number;
  /** Least seconds of one turn. */
  readonly turn: number;
}

/** Seconds a repeat, round by round, of every side. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Times sides in turns, so that what a busy machine does to one round it does to all. Each side repeats its work so often
 * that a turn takes `turn` seconds, found while it warms up.
 */
export async function interleave<Name extends string>(
  sides: Readonly<Record<Name, Pick<Side, "run">>>,
  { rounds, turn }: Timing,
): Promise<Rounds<Name>> {
  const names = Object.keys(sides) as Name[];
  const repeats = new Map<Name, number>();
  for (const name of names) repeats.set(name, await repeatsFor(sides[name], turn));
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < rounds; round++) {
    // Every other round runs backwards: no side is always the one after the slowest.
    for (const name of round % 2 ? [...names].reverse() : names) {
      const count = repeats.get(name)!;
      times[name].push((await sides[name].run(count)) / count);
    }
  }
  return times;
}

/** Doubles until a turn is long enough, which also warms up what a machine compiles as it goes. */
async function repeatsFor(side: Pick<Side, "run">, turn: number): Promise<number> {
  for (let repeats = 1; ; repeats *= 2) {
    const seconds = await side.run(repeats);
    if (seconds >= turn || repeats >= MOST) return repeats;
  }
}

const MOST = 2 ** 30;

/** The quantiles of a sample, between its order statistics. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** The spread of one side's time over another's, round by round. */
export const ratio = (ours: readonly number[], theirs: readonly number[]): Spread =>
  spread(ours.map((time, round) => time / theirs[round]));

export const scaled = ({ median, low, high }: Spread, factor: number): Spread => ({
  median: factor * median,
  low: factor * low,
  high: factor * high,
});
