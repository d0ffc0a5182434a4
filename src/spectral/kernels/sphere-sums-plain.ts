import { relativeBessel } from "../../numerics/bessel.js";
import { planSolidRecursion } from "./solid-harmonics.js";
import { sphereLayout } from "./sphere-layout.js";
import { WINDOW, type TiltSums } from "./tilt-kernel.js";

/** Tilts that share the last degree of their sums. */
const GROUP = 4;

/** Sums over the harmonics of S^2 by their recursion in the coordinates, order by order. */
export function spherePlainSums(lmax: number, width: number): TiltSums {
  const { diagonal, start, steps } = planSolidRecursion(lmax);
  const blocks = Math.ceil(width / 4);
  const tilts = new Float64Array(3 * WINDOW);
  const coefficients = new Float64Array(sphereLayout.length(lmax, blocks));
  const bounds = new Float64Array(lmax + 1);
  const sums = new Float64Array(2 * width * WINDOW);
  const sizes = new Float64Array(WINDOW);
  const lambda = Array.from({ length: GROUP }, () => new Float64Array(lmax + 1));
  const q = new Float64Array(lmax + 1);

  const length = (x: number, y: number, z: number): number => Math.sqrt(x * x + y * y + z * z);

  /** Sets lambda_l / lambda_0 of the tilts from `group` on; returns the last degree that one of them needs. */
  const eigenvalues = (group: number, degree: number, extra: number, truncation: number): number => {
    for (let i = 0; i < GROUP; i++) {
      const at = 3 * group + i;
      relativeBessel(3, length(tilts[at], tilts[at + 4], tilts[at + 8]), degree + extra, lambda[i]);
    }
    let top = 0;
    for (const values of lambda) {
      let last = degree;
      for (let rest = 0; last > top; last--) {
        rest += (2 * last + 1) * values[last];
        if (rest > truncation) break;
      }
      top = last;
    }
    return top + extra;
  };

  /** q_l <- lambda_l Q_lm, l = m..top. */
  const recur = (m: number, z: number, values: Float64Array, top: number): void => {
    let a = diagonal[m];
    let past = 0;
    let step = start[m];
    for (let l = m; l <= top; l++) {
      q[l - m] = values[l] * a;
      const next = steps[step] * z * a - steps[step + 1] * past;
      past = a;
      a = next;
      step += 2;
    }
  };

  const sumTilt = (group: number, lane: number, top: number, degree: number): void => {
    const at = 3 * group + lane;
    const kappa = length(tilts[at], tilts[at + 4], tilts[at + 8]);
    const scale = kappa > 0 ? 1 / kappa : 0;
    const x = tilts[at] * scale;
    const y = tilts[at + 4] * scale;
    const z = tilts[at + 8] * scale;
    const first = 2 * width * group + lane;
    for (let k = 0; k < 2 * width; k++) sums[first + GROUP * k] = 0;
    let c = 1;
    let s = 0;
    let row = 0;
    for (let m = 0; m <= top; m++) {
      recur(m, z, lambda[lane], top);
      const terms = top - m + 1;
      const paired = terms - (terms & 1);
      const even = first + (m & 1) * GROUP * width;
      const odd = first + (1 - (m & 1)) * GROUP * width;
      for (let r = 0; r < width; r++) {
        let ec = 0;
        let es = 0;
        let oc = 0;
        let os = 0;
        let k = row + 8 * (r >> 2) * (degree - m + 1) + 2 * (r & 3);
        for (let t = 0; t < paired; t += 2) {
          const q0 = q[t];
          const q1 = q[t + 1];
          ec += q0 * coefficients[k];
          es += q0 * coefficients[k + 1];
          oc += q1 * coefficients[k + 8];
          os += q1 * coefficients[k + 9];
          k += 16;
        }
        if (paired < terms) {
          ec += q[paired] * coefficients[k];
          es += q[paired] * coefficients[k + 1];
        }
        sums[even + GROUP * r] += c * ec + s * es;
        sums[odd + GROUP * r] += c * oc + s * os;
      }
      row += 8 * blocks * (degree - m + 1);
      const turned = c * x - s * y;
      s = c * y + s * x;
      c = turned;
    }
  };

  return {
    tilts,
    coefficients,
    bounds,
    sums,
    sizes,
    run(count, degree, extra, truncation) {
      for (let group = 0; group < count; group += GROUP) {
        const top = eigenvalues(group, degree, extra, truncation);
        for (let lane = 0; lane < GROUP; lane++) {
          let size = 0;
          for (let l = 0; l <= top; l++) size += lambda[lane][l] * bounds[l];
          sizes[group + lane] = size;
          sumTilt(group, lane, top, degree + extra);
        }
      }
    },
  };
}
