import type { Chebyshev } from "../../numerics/chebyshev.js";

/**
 * One step of a Markov chain on [-1, 1] as a matrix on the values of functions at the Chebyshev points: row i is the
 * expectation over the step from point R_i. `step` takes a point and calls `land` with every weight and place it leads to.
 */
export function transitionMatrix(
  { points, basis }: Chebyshev,
  step: (R: number, land: (weight: number, place: number) => void) => void,
): Float64Array {
  const n = points.length;
  const matrix = new Float64Array(n * n);
  const row = new Float64Array(n);
  points.forEach((R, i) => {
    step(R, (weight, place) => {
      basis(place, row);
      for (let j = 0; j < n; j++) matrix[i * n + j] += weight * row[j];
    });
  });
  return matrix;
}
