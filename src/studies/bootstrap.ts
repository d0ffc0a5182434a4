import type { Stream } from "../types.js";
import type { Bounds } from "./regression.js";
import { sortedQuantile } from "./statistics.js";

/**
 * Percentile intervals by bootstrap over whole paths (Efron 1979): every replicate draws `paths` paths with replacement,
 * and `statistic` writes its numbers for that draw, given as how often each path occurs (counts[paths], summing to
 * `paths`), to out[size]. One draw serves all levels, so what their common noise correlates stays correlated.
 * A function of the stream alone. Replicates in which a number is not finite (no variation left to take a logarithm of)
 * leave that number's interval unbounded: [-Infinity, Infinity].
 */
export function bootstrap(options: {
  paths: number;
  size: number;
  statistic: (counts: Int32Array, out: Float64Array) => void;
  stream: Stream;
  replicates?: number;
  confidence?: number;
}): Bounds[] {
  const { paths, size, statistic, stream, replicates = 1000, confidence = 0.95 } = options;
  if (!(paths >= 2)) throw new RangeError(`bootstrap: ${paths} paths, want at least 2`);
  if (!(replicates >= 2)) throw new RangeError(`bootstrap: ${replicates} replicates, want at least 2`);
  const uniforms = new Float64Array(paths);
  const counts = new Int32Array(paths);
  const out = new Float64Array(size);
  const values = Array.from({ length: size }, () => new Float64Array(replicates));
  for (let r = 0; r < replicates; r++) {
    stream.uniforms(r, 0, uniforms);
    counts.fill(0);
    for (let p = 0; p < paths; p++) counts[Math.floor(uniforms[p] * paths)]++;
    statistic(counts, out);
    for (let i = 0; i < size; i++) values[i][r] = out[i];
  }
  const tail = (1 - confidence) / 2;
  return values.map((v) =>
    v.every(Number.isFinite)
      ? [sortedQuantile(v.sort(), tail), sortedQuantile(v, 1 - tail)]
      : [-Infinity, Infinity],
  );
}
