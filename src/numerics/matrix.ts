/** Square matrices [d,d], row by row. */

/** out[d] = A x for the row of x that starts at `offset`. */
export function multiply(
  A: Float64Array,
  x: Float64Array,
  offset: number,
  d: number,
  out: Float64Array,
): void {
  for (let a = 0; a < d; a++) {
    let s = 0;
    for (let b = 0; b < d; b++) s += A[a * d + b] * x[offset + b];
    out[a] = s;
  }
}

/** out[d] = A^T x[d]. */
export function multiplyTransposed(A: Float64Array, x: Float64Array, d: number, out: Float64Array): void {
  for (let b = 0; b < d; b++) {
    let s = 0;
    for (let a = 0; a < d; a++) s += A[a * d + b] * x[a];
    out[b] = s;
  }
}

/** out[d,d] = A B; `out` is neither of them. */
export function matrixProduct(A: Float64Array, B: Float64Array, d: number, out: Float64Array): void {
  out.fill(0);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      const v = A[a * d + b];
      if (v === 0) continue;
      for (let c = 0; c < d; c++) out[a * d + c] += v * B[b * d + c];
    }
  }
}

export function identity(d: number): Float64Array {
  return Float64Array.from({ length: d * d }, (_, e) => (e % (d + 1) === 0 ? 1 : 0));
}
