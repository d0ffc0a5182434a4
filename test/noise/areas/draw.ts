import type { AreaMethod } from "../../../src/noise/areas/method.js";
import { stream } from "../../../src/noise/stream.js";

/** Draws `count` areas over [0, h], given dW or each with its own, and hands each to `see`. */
export function drawAreas(
  method: AreaMethod,
  options: { K: number; terms: number; count: number; h?: number; given?: Float64Array; seed?: string },
  see: (L: Float64Array, dW: Float64Array) => void,
): void {
  const { K, terms, count, given } = options;
  const h = options.h ?? 1;
  const source = stream(options.seed ?? "areas", method.name);
  const sample = method.plan(K, terms);
  const all = new Float64Array(K + method.normals(K, terms));
  const normals = all.subarray(K);
  const dW = new Float64Array(K);
  const L = new Float64Array(K * K);
  for (let i = 0; i < count; i++) {
    source.normals(i, terms, all);
    for (let k = 0; k < K; k++) dW[k] = given ? given[k] : all[k] * Math.sqrt(h);
    sample(h, dW, normals, L);
    see(L, dW);
  }
}

/** Running mean and its standard error. */
export function average() {
  let n = 0;
  let sum = 0;
  let squares = 0;
  return {
    add(v: number): void {
      n++;
      sum += v;
      squares += v * v;
    },
    mean: (): number => sum / n,
    error: (): number => Math.sqrt(Math.max(squares / n - (sum / n) ** 2, 0) / n),
  };
}
