/** out_i[row] -= factors[i] v_i[row], for vectors in panels. */
export function subtractMultiples(
  numbers: Float64Array,
  factors: number,
  v: number,
  vStride: number,
  out: number,
  outStride: number,
  rows: number,
  tokens: number,
): void {
  for (let i = 0; i < tokens; i++) {
    const factor = numbers[factors + i];
    const from = v + (i >> 2) * vStride + (i & 3);
    const to = out + (i >> 2) * outStride + (i & 3);
    for (let k = 0; k < 4 * rows; k += 4) numbers[to + k] -= factor * numbers[from + k];
  }
}
