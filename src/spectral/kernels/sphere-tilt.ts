import { gatherLatitude } from "./gather-latitude.js";
import { index } from "./harmonic-index.js";
import { planSolidRecursion } from "./solid-harmonics.js";
import type { TiltKernel } from "./tilt-kernel.js";

const AREA = 4 * Math.PI;

/** Where the cosine of (l, m) and right-hand side r stands; the sine follows. */
const place = (l: number, m: number, r: number, degree: number, blocks: number): number => {
  const before = m * (degree + 1) - (m * (m - 1)) / 2;
  return 8 * (blocks * before + (r >> 2) * (degree - m + 1) + l - m) + 2 * (r & 3);
};

/**
 * The kernel for S^2. Coefficients of order m, block b, degree l stand as (cosine, sine) of four right-hand sides:
 * eight numbers at 8 * (blocks * rows(m) + b * (degree - m + 1) + l - m), rows(m) counting the degrees of lower orders.
 */
export function planSphereTilt(): TiltKernel {
  let recursion = planSolidRecursion(0);
  let q = new Float64Array(2);
  let rings = new Float64Array(0);

  return {
    reserve(degree) {
      if (degree <= recursion.lmax) return;
      recursion = planSolidRecursion(degree);
      q = new Float64Array(2 * (degree + 1));
    },

    length: (degree, blocks) => 4 * blocks * (degree + 1) * (degree + 2),

    moments(points, strengths, degree, blocks, coefficients) {
      const { diagonal, start, steps } = recursion;
      const count = points.length / 3;
      const width = 8 * blocks;
      coefficients.fill(0, 0, 4 * blocks * (degree + 1) * (degree + 2));
      if (rings.length < 2 * (degree + 1) * width) rings = new Float64Array(2 * (degree + 1) * width);
      // Two rings at a time: their recursions do not wait for each other, and sums are stored half as often. The last of
      // an odd number is its own partner, of strength zero.
      for (let j = 0; j < count;) {
        const z0 = points[3 * j + 2];
        j = gatherLatitude(points, strengths, j, degree, blocks, rings, 0);
        const z1 = j < count ? points[3 * j + 2] : z0;
        const second = (degree + 1) * width;
        if (j < count) j = gatherLatitude(points, strengths, j, degree, blocks, rings, second);
        else rings.fill(0, second, 2 * second);
        let to = 0;
        for (let m = 0; m <= degree; m++) {
          const terms = degree - m + 1;
          let a = diagonal[m];
          let b = a;
          let pastA = 0;
          let pastB = 0;
          let step = start[m];
          for (let t = 0; t < 2 * terms; t += 2) {
            q[t] = a;
            q[t + 1] = b;
            const rise = steps[step];
            const fall = steps[step + 1];
            const nextA = rise * z0 * a - fall * pastA;
            const nextB = rise * z1 * b - fall * pastB;
            pastA = a;
            pastB = b;
            a = nextA;
            b = nextB;
            step += 2;
          }
          for (let half = 0; half < width; half += 4) {
            const g = m * width + half;
            const ac = rings[g];
            const as = rings[g + 1];
            const bc = rings[g + 2];
            const bs = rings[g + 3];
            const dc = rings[second + g];
            const ds = rings[second + g + 1];
            const ec = rings[second + g + 2];
            const es = rings[second + g + 3];
            let at = to + (half & 4);
            for (let t = 0; t < 2 * terms; t += 2) {
              const q0 = q[t];
              const q1 = q[t + 1];
              coefficients[at] += q0 * ac + q1 * dc;
              coefficients[at + 1] += q0 * as + q1 * ds;
              coefficients[at + 2] += q0 * bc + q1 * ec;
              coefficients[at + 3] += q0 * bs + q1 * es;
              at += 8;
            }
            if (half & 4) to += 8 * terms;
          }
        }
      }
      const length = 4 * blocks * (degree + 1) * (degree + 2);
      for (let i = 0; i < length; i++) coefficients[i] *= AREA;
    },

    unpack(coefficients, degree, blocks, r, out) {
      for (let l = 0; l <= degree; l++)
        for (let m = 0; m <= l; m++) {
          const at = place(l, m, r, degree, blocks);
          if (m > 0) out[index(l, -m)] = coefficients[at + 1] / AREA;
          out[index(l, m)] = coefficients[at] / AREA;
        }
    },

    pack(standard, degree, blocks, r, coefficients) {
      for (let l = 0; l <= degree; l++)
        for (let m = 0; m <= l; m++) {
          const at = place(l, m, r, degree, blocks);
          coefficients[at] = AREA * standard[index(l, m)];
          coefficients[at + 1] = m > 0 ? AREA * standard[index(l, -m)] : 0;
        }
    },

    bounds(coefficients, degree, blocks, scales, bounds) {
      // |sum_m f_lm Y_lm| <= |f_l| sqrt((2l+1)/(4 pi)): the sum of Y_lm^2 is the same everywhere.
      bounds.fill(0, 0, degree + 1);
      for (let r = 0; r < 4 * blocks; r++) {
        for (let l = 0; l <= degree; l++) {
          let square = 0;
          for (let m = 0; m <= l; m++) {
            const at = place(l, m, r, degree, blocks);
            square += coefficients[at] * coefficients[at] + coefficients[at + 1] * coefficients[at + 1];
          }
          const bound = Math.sqrt((square * (2 * l + 1)) / AREA) / scales[r];
          if (bound > bounds[l]) bounds[l] = bound;
        }
      }
    },

    sumPair(directions, lambda, top, coefficients, degree, blocks, sums) {
      const { diagonal, start, steps } = recursion;
      const x0 = directions[0];
      const y0 = directions[1];
      const z0 = directions[2];
      const x1 = directions[3];
      const y1 = directions[4];
      const z1 = directions[5];
      const second = 4 * blocks;
      sums.fill(0, 0, 2 * second);
      let c0 = 1;
      let s0 = 0;
      let c1 = 1;
      let s1 = 0;
      let row = 0;
      for (let m = 0; m <= top; m++) {
        let a = diagonal[m];
        let b = a;
        let pastA = 0;
        let pastB = 0;
        let step = start[m];
        for (let t = 2 * m; t <= 2 * top; t += 2) {
          q[t] = lambda[t] * a;
          q[t + 1] = lambda[t + 1] * b;
          const rise = steps[step];
          const fall = steps[step + 1];
          const nextA = rise * z0 * a - fall * pastA;
          const nextB = rise * z1 * b - fall * pastB;
          pastA = a;
          pastB = b;
          a = nextA;
          b = nextB;
          step += 2;
        }
        for (let r = 0; r < second; r += 2) {
          let ac = 0;
          let as = 0;
          let bc = 0;
          let bs = 0;
          let dc = 0;
          let ds = 0;
          let ec = 0;
          let es = 0;
          let at = row + 2 * (r & 3);
          for (let t = 2 * m; t <= 2 * top; t += 2) {
            const q0 = q[t];
            const q1 = q[t + 1];
            const k0 = coefficients[at];
            const k1 = coefficients[at + 1];
            const k2 = coefficients[at + 2];
            const k3 = coefficients[at + 3];
            ac += q0 * k0;
            as += q0 * k1;
            bc += q0 * k2;
            bs += q0 * k3;
            dc += q1 * k0;
            ds += q1 * k1;
            ec += q1 * k2;
            es += q1 * k3;
            at += 8;
          }
          sums[r] += c0 * ac + s0 * as;
          sums[r + 1] += c0 * bc + s0 * bs;
          sums[second + r] += c1 * dc + s1 * ds;
          sums[second + r + 1] += c1 * ec + s1 * es;
          if (r & 2) row += 8 * (degree - m + 1);
        }
        const turned0 = c0 * x0 - s0 * y0;
        s0 = c0 * y0 + s0 * x0;
        c0 = turned0;
        const turned1 = c1 * x1 - s1 * y1;
        s1 = c1 * y1 + s1 * x1;
        c1 = turned1;
      }
    },
  };
}
