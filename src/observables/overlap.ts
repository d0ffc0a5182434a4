import type { Observable } from "../types.js";

/** <x_i, x_j>, the overlap of two tokens; a RangeError when the law has no such tokens. */
export function overlap(i: number, j: number): Observable {
  return (law) => {
    for (const k of [i, j]) {
      if (!(Number.isInteger(k) && k >= 0 && k < law.count))
        throw new RangeError(`overlap(${i},${j}): the law has tokens 0 to ${law.count - 1}, not ${k}`);
    }
    const d = law.dimension;
    let sum = 0;
    for (let a = 0; a < d; a++) sum += law.points[i * d + a] * law.points[j * d + a];
    return sum;
  };
}
