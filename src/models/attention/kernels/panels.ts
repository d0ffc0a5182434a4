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
  // A few columns at a time: rows of the transpose are far apart, and often the same place in a cache.
  for (let first = 0; first < d; first += COLUMNS) {
    const end = Math.min(first + COLUMNS, d);
    for (let i = 0; i < n; i++) {
      for (let a = first; a < end; a++) numbers[to + a * n + i] = factor * v[i * d + a];
    }
  }
}

const COLUMNS = 8;

/** out[to ..] = `count` numbers. */
export function read(
  numbers: Float64Array,
  from: number,
  count: number,
  out: Float64Array,
  to: number,
): void {
  for (let k = 0; k < count; k++) out[to + k] = numbers[from + k];
}
