import type { CommonNoise } from "../types.js";
import { MOST_BYTES } from "./areas/limits.js";
import { dyadicNoise } from "./dyadic.js";

/**
 * The same path, bit for bit, with the draws of its finest grid kept: steps * K numbers, and steps * K^2 when it carries
 * areas, as long as they take at most a gigabyte; beyond that areas are drawn again. Worth it when one path is solved at
 * several levels, because every level asks for the whole finest grid.
 */
export function recorded(noise: CommonNoise): CommonNoise {
  const { channels: K, horizon, steps, path } = noise;
  const row = new Float64Array(K);
  const dW = new Float64Array(steps * K);
  for (let step = 0; step < steps; step++) {
    noise.increment(steps, step, row);
    dW.set(row, step * K);
  }
  const base = {
    channels: K,
    horizon,
    steps,
    path,
    increment(step: number, out: Float64Array): void {
      for (let k = 0; k < K; k++) out[k] = dW[step * K + k];
    },
  };
  if (!noise.area) return dyadicNoise(base);
  const size = K * K;
  if (8 * steps * size > MOST_BYTES) return { ...dyadicNoise(base), area: noise.area.bind(noise) };

  const matrix = new Float64Array(size);
  const L = new Float64Array(steps * size);
  for (let step = 0; step < steps; step++) {
    noise.area(steps, step, matrix);
    L.set(matrix, step * size);
  }
  return dyadicNoise({
    ...base,
    area(step, _dW, out) {
      for (let e = 0; e < size; e++) out[e] = L[step * size + e];
    },
  });
}
