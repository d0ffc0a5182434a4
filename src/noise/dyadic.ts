import { isPowerOfTwo } from "../numerics/powers-of-two.js";
import type { CommonNoise } from "../types.js";
import { chen } from "./chen.js";

/** A path on its finest grid. */
export interface Finest {
  readonly channels: number;
  readonly horizon: number;
  readonly steps: number;
  readonly path: number;
  /** out[K] = the increment of finest step `step`. */
  increment(step: number, out: Float64Array): void;
  /** out[K,K] = its Lévy area, given its increment; `out` starts with anything. */
  area?(step: number, dW: Float64Array, out: Float64Array): void;
}

/**
 * The path of `finest` on every grid of steps / 2^j intervals. Increments and areas are combined along the binary tree
 * over the finest steps, so increment(s, i) = increment(2s, 2i) + increment(2s, 2i+1) bit for bit.
 * Throws a RangeError for shapes that are not positive integers or a horizon that is not positive.
 */
export function dyadicNoise(finest: Finest): CommonNoise {
  const { channels, horizon, steps, path } = finest;
  checkShape(finest);
  const depth = halvings(steps);
  const scratch = (length: number): Float64Array[] =>
    Array.from({ length: depth + 1 }, () => new Float64Array(length));
  const dW = scratch(channels);

  // Both walk the leaves from the left with one slot a level: leaf number ...0111 closes three subtrees.
  const increment: CommonNoise["increment"] = (asked, step, out) => {
    const leaves = span(steps, asked, step);
    checkOut(out, channels);
    if (leaves === 1) return finest.increment(step, out);
    let top = 0;
    for (let leaf = 0; leaf < leaves; leaf++) {
      finest.increment(step * leaves + leaf, dW[top]);
      for (let closed = leaf; closed % 2 === 1; closed = (closed - 1) / 2) {
        const left = dW[--top];
        const right = dW[top + 1];
        for (let k = 0; k < channels; k++) left[k] += right[k];
      }
      top++;
    }
    out.set(dW[0]);
  };

  const drawArea = finest.area?.bind(finest);
  if (!drawArea) return { channels, horizon, steps, path, increment };
  // A noise may be made with areas that nobody asks for.
  let areas: Float64Array[] | undefined;

  const area: CommonNoise["area"] = (asked, step, out) => {
    const leaves = span(steps, asked, step);
    checkOut(out, channels * channels);
    areas ??= scratch(channels * channels);
    let top = 0;
    for (let leaf = 0; leaf < leaves; leaf++) {
      const at = step * leaves + leaf;
      finest.increment(at, dW[top]);
      drawArea(at, dW[top], areas[top]);
      for (let closed = leaf; closed % 2 === 1; closed = (closed - 1) / 2) {
        top--;
        chen(dW[top], areas[top], dW[top + 1], areas[top + 1]);
      }
      top++;
    }
    out.set(areas[0]);
  };

  return { channels, horizon, steps, path, increment, area };
}

function halvings(steps: number): number {
  let count = 0;
  for (let s = steps; s % 2 === 0; s /= 2) count++;
  return count;
}

/** How many of the finest `steps` make step number `step` of the `asked` ones. */
function span(steps: number, asked: number, step: number): number {
  if (asked === steps && Number.isInteger(step) && step >= 0 && step < steps) return 1;
  const ratio = steps / asked;
  if (asked > steps) {
    throw new RangeError(
      `common noise: ${asked} steps are finer than its finest grid of ${steps}; refining a path already sampled ` +
        `needs conditional increments and areas, so make the noise with ${asked} steps instead`,
    );
  }
  if (!(Number.isInteger(asked) && asked >= 1 && isPowerOfTwo(ratio))) {
    throw new RangeError(`common noise: ${asked} steps asked for, want ${steps} divided by a power of two`);
  }
  if (!(Number.isInteger(step) && step >= 0 && step < asked)) {
    throw new RangeError(`common noise: step is ${step}, want an integer from 0 to ${asked - 1}`);
  }
  return ratio;
}

function checkShape({ channels, steps, horizon }: Finest): void {
  for (const [what, value] of [
    ["channels", channels],
    ["steps", steps],
  ] as const) {
    if (!(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(`common noise: ${what} is ${value}, want a positive integer`);
    }
  }
  if (!(horizon > 0 && horizon < Infinity)) {
    throw new RangeError(`common noise: horizon is ${horizon}, want a positive number`);
  }
}

function checkOut(out: Float64Array, length: number): void {
  if (out.length !== length) {
    throw new RangeError(`common noise: out has length ${out.length}, want ${length}`);
  }
}
