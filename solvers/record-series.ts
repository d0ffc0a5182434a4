import type { Measure, Observable } from "../src/types.js";

/** Numbers read off a law at times, one series for each name that is observed. */
export interface SeriesRecorder<Name extends string> {
  readonly times: number[];
  readonly values: Readonly<Record<Name, number[]>>;
  /** Reads all observables at once; when one is not finite nothing is kept, and it is named. */
  record(time: number, law: Measure): { readonly name: Name; readonly value: number } | null;
}

export function recordSeries<Name extends string>(
  observe: Readonly<Record<Name, Observable>>,
): SeriesRecorder<Name> {
  const names = Object.keys(observe) as Name[];
  const times: number[] = [];
  const values = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  return {
    times,
    values,
    record(time, law) {
      const seen = names.map((name) => ({ name, value: observe[name](law) }));
      const bad = seen.find(({ value }) => !Number.isFinite(value));
      if (bad) return bad;
      times.push(time);
      for (const { name, value } of seen) values[name].push(value);
      return null;
    },
  };
}
