import ndarray, { type NdArray } from "ndarray";
import type { Evolution } from "../types.js";

/** States kept while an evolution runs. */
export interface KeptStates {
  /**
   * Keeps the points as they are now. It fits `onStep` of `simulate`; the start is kept by calling it once after a reset,
   * with step 0 and time 0. Throws a RangeError when the number of points is no longer what it was.
   */
  keep(step: number, time: number): void;
  /** [times,n,d]: a copy of all that is kept. Throws a RangeError when nothing is. */
  array(): NdArray<Float64Array>;
  /** [times] */
  times(): NdArray<Float64Array>;
}

/**
 * A recorder of the points of an evolution, every so many steps (1 unless given):
 *
 *     const states = keepStates(evolution);
 *     evolution.reset(noise.path);
 *     states.keep(0, 0);
 *     simulate({ evolution, noise, steps, onStep: states.keep });
 *     states.array(); // [steps + 1, n, d]
 *
 * Throws a RangeError when `every` is not a whole number above zero.
 */
export function keepStates(evolution: Evolution, every = 1): KeptStates {
  if (!(Number.isInteger(every) && every > 0))
    throw new RangeError(`keepStates: every ${every} steps, want a whole number above zero`);
  const { count, dimension } = evolution.law;
  const states: Float64Array[] = [];
  const times: number[] = [];
  return {
    keep(step, time) {
      if (step % every !== 0) return;
      const now = evolution.law;
      if (now.count !== count)
        throw new RangeError(`keepStates: ${now.count} points at t = ${time} where there were ${count}`);
      states.push(now.points.slice());
      times.push(time);
    },
    array() {
      if (states.length === 0) throw new RangeError("keepStates: nothing is kept yet; call keep first");
      const data = new Float64Array(states.length * count * dimension);
      states.forEach((state, t) => data.set(state, t * count * dimension));
      return ndarray(data, [states.length, count, dimension]);
    },
    times: () => ndarray(Float64Array.from(times), [times.length]),
  };
}
