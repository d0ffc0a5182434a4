import { isShaped, matrixOf, requireShape, rowsOf, type RowsLike } from "../numerics/rows.js";
import type { CommonNoise } from "../types.js";
import { dyadicNoise } from "./dyadic.js";

/** An area must be skew up to the rounding of whoever wrote it down: 1e-12 of its largest entry. */
function checkSkew(row: ArrayLike<number>, i: number, K: number): void {
  let largest = 0;
  for (let e = 0; e < K * K; e++) largest = Math.max(largest, Math.abs(row[e]));
  for (let j = 0; j < K; j++) {
    for (let k = 0; k <= j; k++) {
      if (Math.abs(row[j * K + k] + row[k * K + j]) > 1e-12 * largest) {
        throw new RangeError(
          `areas[${i}]: entries (${j},${k}) and (${k},${j}) are ${row[j * K + k]} and ${row[k * K + j]}, ` +
            `want a skew matrix`,
        );
      }
    }
  }
}

/**
 * A path given by its increments: one row of K numbers a step, on a uniform grid of [0, horizon]. `areas`, where known,
 * has one row a step with the K*K Lévy area in row-major order (j, the inner integrator, names the row). As ndarrays they
 * are [steps,K] and [steps,K,K] or [steps,K*K].
 * Coarser grids are sums (areas: by Chen) of these steps. Copies both. Throws a RangeError which names the entry when
 * there are no rows, rows differ in length, a number is not finite, or an area is not skew.
 */
export function tableNoise(increments: RowsLike, horizon: number, areas?: RowsLike): CommonNoise {
  const rows = rowsOf("increments", increments);
  const steps = rows.length;
  const K = rows[0]?.length ?? 0;
  if (steps === 0 || K === 0) {
    throw new RangeError("increments: want at least one row of at least one number");
  }
  const dW = matrixOf("increments", rows, steps, K);
  const shape = { channels: K, horizon, steps, path: 0 };
  const increment = (step: number, out: Float64Array): void => {
    for (let k = 0; k < K; k++) out[k] = dW[step * K + k];
  };
  if (!areas) return dyadicNoise({ ...shape, increment });

  if (isShaped(areas) && areas.shape.length === 3) requireShape("areas", areas.shape, [steps, K, K]);
  const matrices = rowsOf("areas", areas, [2, 3]);
  if (matrices.length !== steps) {
    throw new RangeError(`areas: ${matrices.length} rows for ${steps} rows of increments`);
  }
  const L = matrixOf("areas", matrices, steps, K * K);
  matrices.forEach((row, i) => checkSkew(row, i, K));
  const size = K * K;
  return dyadicNoise({
    ...shape,
    increment,
    area(step, _dW, out) {
      for (let e = 0; e < size; e++) out[e] = L[step * size + e];
    },
  });
}
