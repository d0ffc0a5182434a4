import type { Memory } from "../kernels/memory.js";
import { copy, read, whole } from "../kernels/panels.js";

/**
 * out[n,d] = sum_m c_m B_m v_m for matrices B [M,d,d] and vectors v_m [n,d] in panels, which `of` finds or places; what c makes
 * nothing of is not asked for.
 */
export function planCombination(memory: Memory, n: number, d: number) {
  const stride = 4 * whole(d);
  const matrix = memory.reserve(whole(d) * d);
  const sum = memory.reserve(whole(n) * whole(d));
  const result = memory.reserve(n * d);

  return (
    c: Float64Array,
    B: Float64Array,
    of: (atom: number) => number,
    ofStride: number,
    out: Float64Array,
  ): void => {
    const { numbers, product, unpack } = memory.open();
    let more = false;
    for (let m = 0; m < c.length; m++) {
      if (c[m] === 0) continue;
      copy(B, m * d * d, d * d, c[m], numbers, matrix);
      product(matrix, d, d, of(m), ofStride, sum, stride, n, more);
      more = true;
    }
    if (!more) return void out.fill(0);
    unpack(sum, stride, d, n, result);
    read(numbers, result, n * d, out, 0);
  };
}
