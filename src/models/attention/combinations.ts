import type { Barycentres } from "./barycentres.js";

/** sum_m c_m B_m m_{A_m} [n,d] of barycentres for c[M] and matrices B [M,d,d], and its derivative along delta[n,d]. */
export interface Combinations {
  combine(c: Float64Array, B: Float64Array, out: Float64Array): void;
  derivative(delta: Float64Array, c: Float64Array, B: Float64Array, out: Float64Array): void;
}

export function planCombinations(n: number, d: number, M: number, bary: Barycentres): Combinations {
  const moved = new Float64Array(bary.combineDerivatives ? 0 : M * n * d);
  return {
    combine(c, B, out) {
      if (bary.combine) bary.combine(c, B, out);
      else combineVectors(c, B, bary.values, n, d, out);
    },
    derivative(delta, c, B, out) {
      if (bary.combineDerivatives) return bary.combineDerivatives(delta, c, B, out);
      bary.derivative(delta, moved);
      combineVectors(c, B, moved, n, d, out);
    },
  };
}

/** out[n,d] = sum_m c_m B_m v_m for vectors v[M,n,d]. */
function combineVectors(
  c: Float64Array,
  B: Float64Array,
  v: Float64Array,
  n: number,
  d: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let m = 0; m < c.length; m++) {
    if (c[m] === 0) continue;
    const matrix = m * d * d;
    const from = m * n * d;
    for (let o = 0; o < n * d; o += d) {
      for (let a = 0; a < d; a++) {
        let s = 0;
        for (let b = 0; b < d; b++) s += B[matrix + a * d + b] * v[from + o + b];
        out[o + a] += c[m] * s;
      }
    }
  }
}
