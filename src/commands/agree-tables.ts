import { columnsOf, csv } from "../io/csv.js";
import type { AgreeJson } from "./agree-json.js";

/** The numbers of an agreement as files: one row an observation. A table without rows has no file. */
export const agreeTables = (result: AgreeJson): Record<string, string> => ({
  ...file("observables.csv", [...alongPath(result), ...inLaw(result)]),
  ...file("token-moments.csv", tokenMoments(result)),
});

const file = (name: string, rows: Parameters<typeof columnsOf>[0]): Record<string, string> =>
  rows.length > 0 ? { [name]: csv(columnsOf(rows)) } : {};

/** A value of an observable, or its mean over paths. */
type ObservableRow = {
  readonly side: string;
  readonly observable: string;
  readonly time: number;
  readonly value: number;
  readonly standardError: number | null;
};

function alongPath({ observables, characteristics, tokens }: AgreeJson): ObservableRow[] {
  const times = Object.values(observables)[0]?.time ?? [];
  const density = Object.fromEntries(Object.entries(observables).map(([name, { mean }]) => [name, mean]));
  const sides = [
    ["density", times, density],
    ["characteristics", times, characteristics?.observables ?? {}],
    ["tokens", tokens?.times ?? [], tokens?.observables ?? {}],
  ] as const;
  return sides.flatMap(([side, at, values]) =>
    Object.entries(values).flatMap(([observable, series]) =>
      Array.from(series, (value, i) => ({ side, observable, time: at[i], value, standardError: null })),
    ),
  );
}

function inLaw({ law }: AgreeJson): ObservableRow[] {
  if (!law) return [];
  return (["transformer", "equation"] as const).flatMap((side) =>
    Object.entries(law[side]).flatMap(([observable, { mean, stderr }]) =>
      mean.map((value, i) => ({
        side: side === "equation" ? "equation in law" : side,
        observable,
        time: law.times[i],
        value,
        standardError: stderr[i],
      })),
    ),
  );
}

/** A harmonic moment of one cloud at the horizon, `moment` in the order of the harmonics. */
type MomentRow = {
  readonly tokens: number;
  readonly repetition: number;
  readonly moment: number;
  readonly value: number;
};

const tokenMoments = ({ tokens }: AgreeJson): MomentRow[] =>
  (tokens?.moments ?? []).flatMap((level, i) =>
    level.flatMap((moments, repetition) =>
      moments.map((value, moment) => ({ tokens: tokens!.levels[i], repetition, moment, value })),
    ),
  );
