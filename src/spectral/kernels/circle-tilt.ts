import { hypot } from "../../numerics/hypot.js";
import type { TiltKernel } from "./tilt-kernel.js";

/** Coefficients of the kernel over those of the orthonormal harmonics, degree zero and the others: 2 pi * norm. */
const FIRST = Math.sqrt(2 * Math.PI);
const OTHER = 2 * Math.sqrt(Math.PI);

/** Where the cosine of degree l and right-hand side r stands; the sine follows. */
const place = (l: number, r: number, degree: number): number =>
  8 * ((r >> 2) * (degree + 1) + l) + 2 * (r & 3);

/**
 * The kernel for the circle: e^{k cos t} = I_0(k) + 2 sum_l I_l(k) cos l t. Coefficients of block b and degree l stand
 * as (cosine, sine) of four right-hand sides: eight numbers at 8 * (b * (degree + 1) + l).
 */
export function planCircleTilt(): TiltKernel {
  return {
    reserve: () => undefined,

    length: (degree, blocks) => 8 * blocks * (degree + 1),

    moments(points, strengths, degree, blocks, coefficients) {
      const count = points.length / 2;
      coefficients.fill(0, 0, 8 * blocks * (degree + 1));
      for (let j = 0; j < count; j++) {
        const x = points[2 * j];
        const y = points[2 * j + 1];
        for (let block = 0; block < blocks; block++) {
          const from = 4 * (blocks * j + block);
          const g0 = strengths[from];
          const g1 = strengths[from + 1];
          const g2 = strengths[from + 2];
          const g3 = strengths[from + 3];
          let at = 8 * block * (degree + 1);
          let c = 1;
          let s = 0;
          for (let l = 0; l <= degree; l++) {
            coefficients[at] += c * g0;
            coefficients[at + 1] += s * g0;
            coefficients[at + 2] += c * g1;
            coefficients[at + 3] += s * g1;
            coefficients[at + 4] += c * g2;
            coefficients[at + 5] += s * g2;
            coefficients[at + 6] += c * g3;
            coefficients[at + 7] += s * g3;
            at += 8;
            const turned = c * x - s * y;
            s = c * y + s * x;
            c = turned;
          }
        }
      }
      for (let block = 0; block < blocks; block++) {
        const first = 8 * block * (degree + 1);
        for (let i = first + 8; i < first + 8 * (degree + 1); i++) coefficients[i] *= 2;
      }
    },

    unpack(coefficients, degree, _blocks, r, out) {
      out[0] = coefficients[place(0, r, degree)] / FIRST;
      for (let l = 1; l <= degree; l++) {
        const at = place(l, r, degree);
        out[2 * l - 1] = coefficients[at + 1] / OTHER;
        out[2 * l] = coefficients[at] / OTHER;
      }
    },

    pack(standard, degree, _blocks, r, coefficients) {
      const zero = place(0, r, degree);
      coefficients[zero] = FIRST * standard[0];
      coefficients[zero + 1] = 0;
      for (let l = 1; l <= degree; l++) {
        const at = place(l, r, degree);
        coefficients[at + 1] = OTHER * standard[2 * l - 1];
        coefficients[at] = OTHER * standard[2 * l];
      }
    },

    bounds(coefficients, degree, blocks, scales, bounds) {
      bounds.fill(0, 0, degree + 1);
      for (let r = 0; r < 4 * blocks; r++) {
        for (let l = 0; l <= degree; l++) {
          const at = place(l, r, degree);
          const bound = hypot(coefficients[at], coefficients[at + 1]) / scales[r];
          if (bound > bounds[l]) bounds[l] = bound;
        }
      }
    },

    sumPair(directions, lambda, top, coefficients, degree, blocks, sums) {
      for (let which = 0; which < 2; which++) {
        const x = directions[3 * which];
        const y = directions[3 * which + 1];
        for (let block = 0; block < blocks; block++) {
          let at = 8 * block * (degree + 1);
          let c = 1;
          let s = 0;
          let t0 = 0;
          let t1 = 0;
          let t2 = 0;
          let t3 = 0;
          for (let l = 0; l <= top; l++) {
            const lc = lambda[2 * l + which] * c;
            const ls = lambda[2 * l + which] * s;
            t0 += lc * coefficients[at] + ls * coefficients[at + 1];
            t1 += lc * coefficients[at + 2] + ls * coefficients[at + 3];
            t2 += lc * coefficients[at + 4] + ls * coefficients[at + 5];
            t3 += lc * coefficients[at + 6] + ls * coefficients[at + 7];
            at += 8;
            const turned = c * x - s * y;
            s = c * y + s * x;
            c = turned;
          }
          const to = 4 * (blocks * which + block);
          sums[to] = t0;
          sums[to + 1] = t1;
          sums[to + 2] = t2;
          sums[to + 3] = t3;
        }
      }
    },
  };
}
