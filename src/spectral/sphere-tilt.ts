import { planSolidRecursion } from "./solid-harmonics.js";
import type { TiltKernel } from "./tilt-kernel.js";

/**
 * The kernel for S^2. Coefficients of order m, block b, degree l stand as (cosine, sine) of four right-hand sides:
 * eight numbers at 8 * (blocks * rows(m) + b * (degree - m + 1) + l - m), rows(m) counting the degrees of lower orders.
 */
export function planSphereTilt(): TiltKernel {
  let recursion = planSolidRecursion(0);
  let q = new Float64Array(2);

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
      coefficients.fill(0, 0, 4 * blocks * (degree + 1) * (degree + 2));
      // Two points at a time: their recursions do not wait for each other, and sums are stored half as often. The last
      // point of an odd number is its own partner, of strength zero.
      for (let j = 0; j < count; j += 2) {
        const k = Math.min(j + 1, count - 1);
        const partner = k > j ? 1 : 0;
        const z0 = points[3 * j + 2];
        const z1 = points[3 * k + 2];
        let c0 = 1;
        let s0 = 0;
        let c1 = partner;
        let s1 = 0;
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
          for (let block = 0; block < blocks; block++) {
            const g = 4 * (blocks * j + block);
            const h = 4 * (blocks * k + block);
            for (let r = 0; r < 4; r += 2) {
              const ac = c0 * strengths[g + r];
              const as = s0 * strengths[g + r];
              const bc = c0 * strengths[g + r + 1];
              const bs = s0 * strengths[g + r + 1];
              const dc = c1 * strengths[h + r];
              const ds = s1 * strengths[h + r];
              const ec = c1 * strengths[h + r + 1];
              const es = s1 * strengths[h + r + 1];
              let at = to + 2 * r;
              for (let t = 0; t < 2 * terms; t += 2) {
                const q0 = q[t];
                const q1 = q[t + 1];
                coefficients[at] += q0 * ac + q1 * dc;
                coefficients[at + 1] += q0 * as + q1 * ds;
                coefficients[at + 2] += q0 * bc + q1 * ec;
                coefficients[at + 3] += q0 * bs + q1 * es;
                at += 8;
              }
            }
            to += 8 * terms;
          }
          const x0 = points[3 * j];
          const y0 = points[3 * j + 1];
          const turned0 = c0 * x0 - s0 * y0;
          s0 = c0 * y0 + s0 * x0;
          c0 = turned0;
          const x1 = points[3 * k];
          const y1 = points[3 * k + 1];
          const turned1 = c1 * x1 - s1 * y1;
          s1 = c1 * y1 + s1 * x1;
          c1 = turned1;
        }
      }
      const area = 4 * Math.PI;
      const length = 4 * blocks * (degree + 1) * (degree + 2);
      for (let i = 0; i < length; i++) coefficients[i] *= area;
    },

    bounds(coefficients, degree, blocks, scales, bounds) {
      // |sum_m f_lm Y_lm| <= |f_l| sqrt((2l+1)/(4 pi)): the sum of Y_lm^2 is the same everywhere.
      bounds.fill(0, 0, degree + 1);
      for (let r = 0; r < 4 * blocks; r++) {
        for (let l = 0; l <= degree; l++) {
          let square = 0;
          for (let m = 0; m <= l; m++) {
            const before = m * (degree + 1) - (m * (m - 1)) / 2;
            const at = 8 * (blocks * before + (r >> 2) * (degree - m + 1) + l - m) + 2 * (r & 3);
            square += coefficients[at] * coefficients[at] + coefficients[at + 1] * coefficients[at + 1];
          }
          const bound = Math.sqrt((square * (2 * l + 1)) / (4 * Math.PI)) / scales[r];
          if (bound > bounds[l]) bounds[l] = bound;
        }
      }
    },

    sum(x, y, z, lambda, top, coefficients, degree, blocks, sums) {
      const { diagonal, start, steps } = recursion;
      sums.fill(0, 0, 4 * blocks);
      let c = 1;
      let s = 0;
      let row = 0;
      for (let m = 0; m <= top; m++) {
        let now = diagonal[m];
        let past = 0;
        let step = start[m];
        for (let l = m; l <= top; l++) {
          q[l] = lambda[l] * now;
          const next = steps[step] * z * now - steps[step + 1] * past;
          past = now;
          now = next;
          step += 2;
        }
        for (let block = 0; block < blocks; block++) {
          let c0 = 0;
          let s0 = 0;
          let c1 = 0;
          let s1 = 0;
          let c2 = 0;
          let s2 = 0;
          let c3 = 0;
          let s3 = 0;
          let at = row;
          for (let l = m; l <= top; l++) {
            const value = q[l];
            c0 += value * coefficients[at];
            s0 += value * coefficients[at + 1];
            c1 += value * coefficients[at + 2];
            s1 += value * coefficients[at + 3];
            c2 += value * coefficients[at + 4];
            s2 += value * coefficients[at + 5];
            c3 += value * coefficients[at + 6];
            s3 += value * coefficients[at + 7];
            at += 8;
          }
          const to = 4 * block;
          sums[to] += c * c0 + s * s0;
          sums[to + 1] += c * c1 + s * s1;
          sums[to + 2] += c * c2 + s * s2;
          sums[to + 3] += c * c3 + s * s3;
          row += 8 * (degree - m + 1);
        }
        const turned = c * x - s * y;
        s = c * y + s * x;
        c = turned;
      }
    },
  };
}
