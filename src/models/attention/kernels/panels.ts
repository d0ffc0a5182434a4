/** Arrays [n,d], row by row, in the layouts of `Arithmetic`. */

/** n rounded up to whole panels. */
export const whole = (n: number): number => 4 * Math.ceil(n / 4);

/** As vectors, [i/4][a][4], times `factor`. */
export function pack(
  v: Float64Array,
  n: number,
  d: number,
  factor: number,
  numbers: Float64Array,
  to: number,
  stride: number,
): void {
  for (let i = 0, from = 0; i < n; i++) {
    let k = to + (i >> 2) * stride + (i & 3);
    for (let a = 0; a < d; a++, k += 4) numbers[k] = factor * v[from++];
  }
}

/** From the left, [n,d], times `factor`: numbers of v from `from` on. */
export function copy(
  v: Float64Array,
  from: number,
  count: number,
  factor: number,
  numbers: Float64Array,
  to: number,
): void {
  for (let k = 0; k < count; k++) numbers[to + k] = factor * v[from + k];
}

/** Transposed, from the left, [d,n], times `factor`. */
export function transpose(
  v: Float64Array,
  n: number,
  d: number,
  factor: number,
  numbers: Float64Array,
  to: number,
): void {
  for (let i = 0, from = 0; i < n; i++) {
    for (let a = 0, k = to + i; a < d; a++, k += n) numbers[k] = factor * v[from++];
  }
}
