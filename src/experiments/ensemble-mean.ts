/** Means over paths of named time series, with standard errors, accumulated one path at a time (Welford 1962). */
export interface EnsembleMean {
  add(values: Readonly<Record<string, readonly number[]>>): void;
  /** `stderr` is null where a single path leaves nothing to estimate it from. */
  result(name: string): { mean: readonly number[]; stderr: readonly (number | null)[] };
}

export function ensembleMean(): EnsembleMean {
  const series = new Map<string, { mean: Float64Array; squares: Float64Array }>();
  let paths = 0;
  return {
    add(values) {
      paths++;
      for (const [name, path] of Object.entries(values)) {
        const length = path.length;
        const { mean, squares } = series.get(name) ?? {
          mean: new Float64Array(length),
          squares: new Float64Array(length),
        };
        for (let i = 0; i < length; i++) {
          const before = path[i] - mean[i];
          mean[i] += before / paths;
          squares[i] += before * (path[i] - mean[i]);
        }
        series.set(name, { mean, squares });
      }
    },
    result(name) {
      const found = series.get(name);
      if (!found) return { mean: [], stderr: [] };
      return {
        mean: Array.from(found.mean),
        stderr: Array.from(found.squares, (s) => (paths > 1 ? Math.sqrt(s / (paths - 1) / paths) : null)),
      };
    },
  };
}
