import { index } from "./harmonic-index.js";
import type { TiltLayout } from "./tilt-kernel.js";

const AREA = 4 * Math.PI;

/** Where order m starts, counted in degrees of one block. */
const before = (m: number, degree: number): number => m * (degree + 1) - (m * (m - 1)) / 2;

/** Where the cosine of (l, m) and right-hand side r stands; the sine follows. */
const place = (l: number, m: number, r: number, degree: number, blocks: number): number =>
  8 * (blocks * before(m, degree) + (r >> 2) * (degree - m + 1) + l - m) + 2 * (r & 3);

/**
 * On S^2 coefficients of order m, block b, degree l stand as (cosine, sine) of four right-hand sides: eight numbers at
 * 8 * (blocks * before(m) + b * (degree - m + 1) + l - m).
 */
export const sphereLayout: TiltLayout = {
  area: AREA,

  length: (degree, blocks) => 4 * blocks * (degree + 1) * (degree + 2),

  unpack(coefficients, degree, blocks, r, out) {
    for (let m = 0; m <= degree; m++) {
      let at = place(m, m, r, degree, blocks);
      for (let l = m; l <= degree; l++) {
        if (m > 0) out[index(l, -m)] = coefficients[at + 1];
        out[index(l, m)] = coefficients[at];
        at += 8;
      }
    }
  },

  pack(standard, degree, blocks, r, coefficients) {
    for (let m = 0; m <= degree; m++) {
      let at = place(m, m, r, degree, blocks);
      for (let l = m; l <= degree; l++) {
        coefficients[at] = standard[index(l, m)];
        coefficients[at + 1] = m > 0 ? standard[index(l, -m)] : 0;
        at += 8;
      }
    }
  },

  bounds(coefficients, degree, blocks, scales, bounds) {
    // |sum_m f_lm Y_lm| <= |f_l| sqrt((2l+1)/(4 pi)): the sum of Y_lm^2 is the same everywhere.
    bounds.fill(0, 0, degree + 1);
    for (let l = 0; l <= degree; l++) {
      for (let r = 0; r < 4 * blocks; r++) {
        let square = 0;
        let at = 8 * (r >> 2) * (degree + 1) + 8 * l + 2 * (r & 3);
        for (let m = 0; m <= l; m++) {
          square += coefficients[at] * coefficients[at] + coefficients[at + 1] * coefficients[at + 1];
          // from order m to the next, one degree less in every block
          at += 8 * (blocks * (degree - m + 1) - (r >> 2) - 1);
        }
        const bound = Math.sqrt((square * (2 * l + 1)) / AREA) / scales[r];
        if (bound > bounds[l]) bounds[l] = bound;
      }
    }
  },
};
