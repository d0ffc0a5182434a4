import { fittingLength } from "../../../numerics/fft.js";
import { log } from "../../../numerics/log.js";
import { NUMBER, type Size } from "../../contract/size.js";

/** A transform of degree `lmax`: its nodes, its tables, and the operations of one analysis or synthesis. */
export function transformSize(dimension: number, lmax: number): Size & { readonly count: number } {
  const what = "the tables and nodes of the transform";
  const key = "solver.lmax";
  if (dimension === 2) {
    const count = fittingLength(3 * lmax + 1);
    return { key, what, count, bytes: 14 * NUMBER * count, operations: 5 * count * log2(count) };
  }
  const degrees = lmax + 3;
  const latitudes = Math.ceil((3 * lmax + 2) / 8) * 4;
  const longitudes = fittingLength(Math.max(3 * lmax + 1, 4));
  const count = latitudes * longitudes;
  const table = (degrees * degrees * latitudes) / 8;
  return {
    key,
    what,
    count,
    // the table, rings of three fields, their coefficients, nodes and values
    bytes: NUMBER * (table + 6 * degrees * latitudes + 14 * degrees * degrees + 7 * count),
    operations: 8 * table + 5 * count * log2(longitudes),
  };
}

const log2 = (n: number): number => log(n) / Math.LN2;
