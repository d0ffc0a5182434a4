import type { TiltLayout } from "./tilt-kernel.js";

/** Coefficients of the kernel over those of the orthonormal harmonics, degree zero and the others: 2 pi * norm. */
const FIRST = Math.sqrt(2 * Math.PI);
const OTHER = 2 * Math.sqrt(Math.PI);

/** Where the cosine of degree l and right-hand side r stands; the sine follows. */
const place = (l: number, r: number, degree: number): number =>
  8 * ((r >> 2) * (degree + 1) + l) + 2 * (r & 3);

/** On the circle coefficients of block b and degree l stand as (cosine, sine) of four right-hand sides: eight numbers. */
export const circleLayout: TiltLayout = {
  area: 1,

  length: (degree, blocks) => 8 * blocks * (degree + 1),

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
        const square = coefficients[at] * coefficients[at] + coefficients[at + 1] * coefficients[at + 1];
        const bound = Math.sqrt(square) / scales[r];
        if (bound > bounds[l]) bounds[l] = bound;
      }
    }
  },
};
