import { powerOfTwo } from "../../../numerics/fft.js";
import { log } from "../../../numerics/log.js";
import { NUMBER, type Size } from "../../contract/size.js";

/** A transform of degree `lmax`: its nodes, its tables, and the operations of one analysis or synthesis. */
export function transformSize(dimension: number, lmax: number): Size & { readonly count: number } {
  const what = "the tables and nodes of the transform";
  const key = "solver.lmax";
  if (dimension === 2) {
    const count = powerOfTwo(3 * lmax + 1);
    return { key, what, count, bytes: 12 * NUMBER * count, operations: 5 * count * log2(count) };
  }
  const degrees = lmax + 3;
  const latitudes = Math.ceil((3 * lmax + 2) / 8) * 4;
  const longitudes = powerOfTwo(Math.max(3 * lmax + 1, 2 * lmax + 5));
  const count = latitudes * longitudes;
  const table = (degrees * degrees * latitudes) / 4;
  return {
    key,
    what,
    count,
    bytes: NUMBER * (table + 2 * degrees * latitudes + 6 * count),
    operations: 4 * table + 5 * count * log2(longitudes),
  };
}

const log2 = (n: number): number => log(n) / Math.LN2;
