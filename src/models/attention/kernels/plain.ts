import { exp2 } from "../../../numerics/exp2.js";
import type { Arithmetic } from "./arithmetic.js";

/** The arithmetic in TypeScript: what assembly/attention.ts does, operation by operation. */
export function plainArithmetic(numbers: Float64Array): Arithmetic {
  return {
    numbers,
    product(left, rows, depth, right, rightStride, out, outStride, tokens, more) {
      for (let i = 0; i < tokens; i += 4, right += rightStride, out += outStride) {
        for (let row = 0; row < rows; row++) {
          const o = out + 4 * row;
          let a = more ? numbers[o] : 0;
          let b = more ? numbers[o + 1] : 0;
          let c = more ? numbers[o + 2] : 0;
          let e = more ? numbers[o + 3] : 0;
          let l = left + row * depth;
          for (let r = right; r < right + 4 * depth; r += 4, l++) {
            const v = numbers[l];
            a += v * numbers[r];
            b += v * numbers[r + 1];
            c += v * numbers[r + 2];
            e += v * numbers[r + 3];
          }
          numbers[o] = a;
          numbers[o + 1] = b;
          numbers[o + 2] = c;
          numbers[o + 3] = e;
        }
      }
    },
    weigh(scores, out, stride, weights, n, tokens, sums) {
      for (let i = 0; i < tokens; i++) {
        const start = (i >> 2) * stride + (i & 3);
        let sum = 0;
        for (let j = 0, k = start; j < n; j++, k += 4) {
          const p = numbers[weights + j] * exp2(numbers[scores + k]);
          numbers[out + k] = p;
          sum += p;
        }
        numbers[sums + i] = sum;
      }
    },
    shift(scores, out, stride, weights, n, tokens) {
      for (let i = 0; i < tokens; i++) {
        const start = (i >> 2) * stride + (i & 3);
        let most = -Infinity;
        for (let j = 0, k = scores + start; j < n; j++, k += 4) {
          if (numbers[weights + j] !== 0 && numbers[k] > most) most = numbers[k];
        }
        for (let j = 0, k = start; j < n; j++, k += 4) {
          const v = numbers[scores + k] - most;
          numbers[out + k] = v > 0 ? 0 : v < LEAST ? LEAST : v;
        }
      }
    },
    hadamard(p, factor, stride, n, tokens, sums) {
      for (let i = 0; i < tokens; i++) {
        const start = (i >> 2) * stride + (i & 3);
        let sum = 0;
        for (let j = 0, k = start; j < n; j++, k += 4) {
          const q = numbers[p + k] * numbers[factor + k];
          numbers[factor + k] = q;
          sum += q;
        }
        numbers[sums + i] = sum;
      }
    },
    divide(v, stride, rows, tokens, sums) {
      for (let i = 0; i < tokens; i++) {
        const start = v + (i >> 2) * stride + (i & 3);
        const reciprocal = 1 / numbers[sums + i];
        for (let k = start; k < start + 4 * rows; k += 4) numbers[k] *= reciprocal;
      }
    },
    unpack(v, stride, d, tokens, out) {
      for (let i = 0; i < tokens; i++) {
        let from = v + (i >> 2) * stride + (i & 3);
        for (let a = 0; a < d; a++, from += 4) numbers[out++] = numbers[from];
      }
    },
  };
}

const LEAST = -1021;
