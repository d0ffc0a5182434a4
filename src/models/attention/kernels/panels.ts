/** Rows [n,d] of a row-major array to and from the layouts of `Arithmetic`. */

/** n rounded up to whole panels. */
export const whole = (n: number): number => 4 * Math.ceil(n / 4);

/**
 * `factor` times rows of v from `from` on, four side by side, [i/4][a][4]: vectors, or a matrix that multiplies from the left,
 * whose panels have no room between them.
 */
export function packRows(
  v: Float64Array,
  n: number,
  d: number,
  numbers: Float64Array,
  to: number,
  factor = 1,
  stride = 4 * d,
  from = 0,
): void {
  for (let i = 0; i < n; i++) {
    let k = to + (i >> 2) * stride + (i & 3);
    for (let a = 0; a < d; a++, k += 4) numbers[k] = factor * v[from++];
  }
}

/** Four coordinates side by side, [a/4][i][4]: the transposed matrix, from the left. */
export function packColumns(
  v: Float64Array,
  n: number,
  d: number,
  numbers: Float64Array,
  to: number,
  factor = 1,
): void {
  for (let i = 0, from = 0; i < n; i++) {
    for (let a = 0; a < d; a++) numbers[to + (a >> 2) * 4 * n + 4 * i + (a & 3)] = factor * v[from++];
  }
}

/** out[n,d], from `to` on, of vectors in panels. */
export function unpackRows(
  numbers: Float64Array,
  from: number,
  stride: number,
  n: number,
  d: number,
  out: Float64Array,
  to = 0,
): void {
  for (let i = 0; i < n; i++) {
    for (let a = 0, k = from + (i >> 2) * stride + (i & 3); a < d; a++, k += 4) out[to++] = numbers[k];
  }
}
