import ndarray, { type NdArray } from "ndarray";

/** What `simulate` observed: times, and one series of them per name. */
export interface ObservedSeries {
  readonly times: readonly number[];
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/**
 * Observables over time as one ndarray [times,names]: column c is `names[c]`; all of them in the order they were asked for
 * unless given. Throws a RangeError for a name that was not observed.
 */
export function seriesOf(
  { times, values }: ObservedSeries,
  names: readonly string[] = Object.keys(values),
): NdArray<Float64Array> {
  const data = new Float64Array(times.length * names.length);
  names.forEach((name, c) => {
    const series = Object.hasOwn(values, name) ? values[name] : undefined;
    if (!series)
      throw new RangeError(`seriesOf: "${name}" was not observed, only ${Object.keys(values).join(", ")}`);
    series.forEach((value, t) => (data[t * names.length + c] = value));
  });
  return ndarray(data, [times.length, names.length]);
}

/** The times of observation as an ndarray [times]. */
export function timesOf({ times }: Pick<ObservedSeries, "times">): NdArray<Float64Array> {
  return ndarray(Float64Array.from(times), [times.length]);
}
