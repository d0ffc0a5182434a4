import ndarray, { type NdArray } from "ndarray";
import { square } from "../numerics/square.js";
import type { CommonNoise } from "../types.js";

/**
 * The increments of a path as an ndarray [steps,K], on its finest grid unless `steps` is given. `tableNoise` takes them
 * back. Throws a RangeError for a grid that the path does not have.
 */
export function incrementsOf(noise: CommonNoise, steps = noise.steps): NdArray<Float64Array> {
  const K = noise.channels;
  const data = new Float64Array(steps * K);
  for (let step = 0; step < steps; step++)
    noise.increment(steps, step, data.subarray(step * K, (step + 1) * K));
  return ndarray(data, [steps, K]);
}

/**
 * The Lévy areas of a path as an ndarray [steps,K,K], on its finest grid unless `steps` is given. `tableNoise` takes them
 * back. Throws a RangeError for a path without areas, or a grid that it does not have.
 */
export function areasOf(noise: CommonNoise, steps = noise.steps): NdArray<Float64Array> {
  if (!noise.area)
    throw new RangeError("areasOf: the noise carries no Lévy areas; make it with a method for them");
  const size = square(noise.channels);
  const data = new Float64Array(steps * size);
  for (let step = 0; step < steps; step++)
    noise.area(steps, step, data.subarray(step * size, (step + 1) * size));
  return ndarray(data, [steps, noise.channels, noise.channels]);
}
